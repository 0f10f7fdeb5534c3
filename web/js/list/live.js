// What happens in the user's other tabs and devices. One tab listens for all of this browser: a browser opens few
// connections to a host, and a stream each would use them up.

import { EventStreamParser } from '../../client/wire.js';

const channelName = 'chat-fcgi.events';

/** @param {any} page @param {(event: any) => void} tell each event of GET /api/v1/me/events */
export function listen(page, tell) {
    const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(channelName) : null;
    channel?.addEventListener('message', ({ data }) => {
        if (data?.user === page.client.identity.userId) tell(data.event);
    });
    const say = (/** @type {any} */ event) => {
        tell(event);
        channel?.postMessage({ user: page.client.identity.userId, event });
    };
    let abort = new AbortController();
    page.on('identity', () => abort.abort());
    const run = async () => {
        for (let failures = 0; ;) {
            abort = new AbortController();
            try {
                const response = await page.api.fetch('GET', 'api/v1/me/events', { headers: { Accept: 'text/event-stream' }, signal: abort.signal });
                const parser = new EventStreamParser();
                const reader = response.body.getReader();
                for (;;) {
                    const { done, value } = await reader.read();
                    if (done) break;
                    failures = 0;
                    for (const { data } of parser.push(value)) {
                        const event = JSON.parse(data);
                        if (event.type !== 'events_ended') say(event);
                    }
                }
            } catch (problem) {
                // A server without this: the list is asked for anew when the page comes to the front.
                if ([404, 405, 501].includes(/** @type {any} */ (problem)?.status)) return;
                failures += 1;
            }
            await new Promise((resolve) => setTimeout(resolve, Math.min(60_000, 1000 * 2 ** failures) * (0.75 + Math.random() / 2)));
        }
    };
    // The lock goes with the tab, and the next one listens. It is there over TLS and on the own machine only.
    if (navigator.locks) void navigator.locks.request(channelName, run);
    else void run();
}
