// Before the first paint, and so no module: the theme and the size of answers that were chosen.
(function () {
    try {
        for (const [name, attribute] of [['theme', 'theme'], ['answer-size', 'answerSize'], ['answer-face', 'answerFace']]) {
            const value = localStorage.getItem('chat-fcgi.setting.' + name);
            if (value && value !== 'system') document.documentElement.dataset[attribute] = value;
        }
    } catch {
        // storage is forbidden: the system's theme
    }
})();
