import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allApplied, applied, changeOf, insightKey, markedPieces, suggestionKey, unitsFor } from '../../../web/js/parts/prompt-model.js';

const suggestion = (id, span, replacement, insights = []) => ({ id, title: id, rationale: '', span, replacement, insights });

test('places count code points, so a picture before one does not move it', () => {
    const text = '😀 some 𝒙 good';
    assert.equal(unitsFor(text, 2), 3);
    const some = suggestion('s1', [2, 6], 'three');
    assert.deepEqual(changeOf(text, some), { removed: 'some', added: 'three' });
    assert.equal(applied(text, some), '😀 three 𝒙 good');
    assert.equal(unitsFor('ab', 9), 2);
});

test('all suggestions applied at once keep each other\'s places, and of two at one place the first comes first', () => {
    const text = 'Write some good words';
    const list = [suggestion('s1', [6, 10], 'three'), suggestion('s2', [11, 15], 'short'), suggestion('s3', [21, 21], ' A'), suggestion('s4', [21, 21], ' B')];
    assert.equal(allApplied(text, list), 'Write three short words A B');
});

test('pieces hold the whole text, and a mark\'s severity is its worst insight\'s', () => {
    const text = 'Write some good words';
    const insights = [{ id: 'i1', severity: 'info', span: [6, 10] }, { id: 'i2', severity: 'critical', span: [6, 10] }, { id: 'i3', severity: 'warning', span: [0, 21] }];
    const pieces = markedPieces(text, [suggestion('s1', [6, 10], 'x', ['i1', 'i2']), suggestion('s2', [21, 21], 'y', ['i3'])], insights);
    assert.equal(pieces.map((piece) => piece.text).join(''), text);
    assert.deepEqual(pieces.filter(({ number }) => number !== null), [{ text: 'some', number: 1, severity: 'critical' }]);
});

test('a suggestion made again after an edit elsewhere is known by what it says', () => {
    assert.equal(suggestionKey(suggestion('s1', [6, 10], 'x'), 'Write some'), suggestionKey(suggestion('s1', [8, 12], 'x'), 'Do write some'.slice(1)));
});

test('a remark is known by the words that it is about, and one about the whole prompt by its kind', () => {
    const short = (text) => insightKey({ kind: 'too_short', span: [0, text.length] }, text);
    assert.equal(short('Write'), short('Write more'));
    const vague = (text, span) => insightKey({ kind: 'vague', span }, text);
    assert.equal(vague('Write some', [6, 10]), vague('😀 Write some', [8, 12]));
    assert.notEqual(vague('some few', [0, 4]), vague('some few', [5, 8]));
});
