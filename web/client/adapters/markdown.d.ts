/** Whether answers can be shown as elements. */
export function hasParser(): boolean;

/** Loads the parser, with the first who wants it, and tells when it is there; what it gives takes the listener off. */
export function onParser(listener: () => void): () => void;

/** A text, an element, or a block of code. */
export type Node = string | { tag: string; attributes: Record<string, string>; children: Node[]; style?: Record<string, string> }
    | { code: string; language: string; isOpen: boolean } | { cite: number };

/** One answer's text while it grows: only its last block is parsed again. */
export class MarkdownText {
    /** null: there is no parser. */
    nodesOf(text: string, isFinal: boolean): Node[] | null;
}

/** `create` makes an element of the framework. */
export function elementsOf(nodes: Node[], create: (tag: string, attributes: Record<string, any>, children: any[]) => any): any[];
