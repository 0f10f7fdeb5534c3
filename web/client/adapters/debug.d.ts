// The debug log on the console and in the page. The client loads this by itself with `debug`.

import type { ChatClient } from '../index.js';

/** Writes each entry to the console, with a panel in the page if asked for; what it gives stops that. */
export function attachDebug(client: ChatClient, withPanel: boolean): () => void;

/**
 * The last entries as a list that folds away, to be put where you like. The client must have been made with `debug`. Its style is
 * set through the CSSOM, which a strict Content-Security-Policy allows.
 */
export function debugPanel(client: ChatClient): HTMLDetailsElement;
