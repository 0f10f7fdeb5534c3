// The list of conversations as data: which group a conversation stands in, and how its time is told.

/**
 * @typedef {{session_id: string, title?: string, created_at?: string, updated_at?: string, message_count?: number,
 *            agent?: string, assistant_type?: string, pinned?: boolean}} Session
 * @typedef {'pinned' | 'today' | 'week' | 'earlier'} Group
 */

const dayMs = 86_400_000;

/**
 * Midnight of the day, in the reader's time zone.
 * @param {Date} date
 */
const startOfDay = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** @param {Session} session */
export const timeOf = (session) => Date.parse(session.updated_at ?? session.created_at ?? '') || 0;

/** @param {Session} session @param {Date} now @returns {Group} */
export function groupOf(session, now) {
    if (session.pinned === true) return 'pinned';
    const today = startOfDay(now);
    const at = timeOf(session);
    if (at >= today) return 'today';
    // The six days before: no day of the week stands for two dates.
    return at >= today - 6 * dayMs ? 'week' : 'earlier';
}

/**
 * Newest first within each group; groups without a conversation are left out.
 * @param {Session[]} sessions @param {Date} [now] @returns {{group: Group, sessions: Session[]}[]}
 */
export function grouped(sessions, now = new Date()) {
    /** @type {Map<Group, Session[]>} */
    const groups = new Map([['pinned', []], ['today', []], ['week', []], ['earlier', []]]);
    const byRecency = [...sessions].sort((a, b) => timeOf(b) - timeOf(a) || (a.session_id < b.session_id ? 1 : -1));
    for (const session of byRecency) groups.get(groupOf(session, now))?.push(session);
    return [...groups].filter(([, members]) => members.length > 0).map(([group, members]) => ({ group, sessions: members }));
}

/**
 * The groups in the order of before, for a list that a pointer is over: nothing moves under it but what is new, which
 * comes first in its group, and what is gone.
 * @param {{group: Group, sessions: Session[]}[]} groups @param {string[]} order session ids as they are shown
 */
export function held(groups, order) {
    const place = new Map(order.map((id, index) => [id, index]));
    const at = (/** @type {Session} */ { session_id }) => place.get(session_id) ?? -1;
    return groups.map(({ group, sessions }) => ({ group, sessions: [...sessions].sort((a, b) => at(a) - at(b)) }));
}
