// Debug mode: every request, event and change of the line with its time, in the console and as a panel in the page.

/** @typedef {import('../index.js').DebugEntry} DebugEntry */

/** @param {DebugEntry} entry @param {number} began */
const line = ({ at, kind, ...fields }, began) =>
    `${((at - began) / 1000).toFixed(3).padStart(9)} s  ${kind.padEnd(9)} ${JSON.stringify(fields)}`;

/** @param {import('../client.js').ChatClient} client @param {boolean} withPanel */
export function attachDebug(client, withPanel) {
    const began = Date.now();
    const panel = withPanel ? debugPanel(client) : null;
    if (panel) document.body.append(panel);
    const show = (/** @type {DebugEntry} */ entry) => console.debug(`chat-fcgi ${line(entry, began)}`);
    client.debugEntries.forEach(show);
    return client.on('debug', show);
}

/**
 * The last entries as a list that folds away. Put it where you like; its style is set through the CSSOM, which a strict
 * Content-Security-Policy allows.
 * @param {import('../client.js').ChatClient} client made with `debug`
 */
export function debugPanel(client) {
    const panel = document.createElement('details');
    const summary = document.createElement('summary');
    const list = document.createElement('pre');
    panel.className = 'chat-debug';
    summary.textContent = 'Debug';
    list.tabIndex = 0;
    Object.assign(list.style, { maxHeight: '20em', overflow: 'auto', font: '12px/1.4 monospace', whiteSpace: 'pre-wrap' });
    panel.append(summary, list);
    const began = client.debugEntries[0]?.at ?? Date.now();
    let isDrawn = true;
    const draw = () => {
        isDrawn = true;
        summary.textContent = `Debug: ${client.debugEntries.length} entries, line ${client.line.state}`;
        if (panel.open) list.textContent = client.debugEntries.slice(-200).map((entry) => line(entry, began)).join('\n');
    };
    const later = () => {
        if (isDrawn) requestAnimationFrame(draw);
        isDrawn = false;
    };
    panel.addEventListener('toggle', draw);
    client.on('debug', later);
    later();
    return panel;
}
