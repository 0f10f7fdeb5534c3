/**
 * Words of the list, the leaves, the parts of answers and the settings, in German.
 * @type {Record<string, string>}
 */
export default {};
