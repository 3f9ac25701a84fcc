// What somebody may write to attack a reader, by what it tries: markup, entities, addresses that run, gaps of templates,
// control signs, signs that turn text around or hide it, letters that look like others; and names of files. All of it invented,
// from what such attacks are known to look like; whatever runs says so by `window.hacked`. The tests of the real window read
// the same list.
import corpus from './corpus.json';

const { file_names, ...said } = corpus;
/** Half a sign each: what is kept as UTF-8 has none. */
const HALVES = ['\ud800', '\udc00半个字'];

export const texts: readonly string[] = [...Object.values(said).flat(), ...HALVES];
/** Files that pretend to be elsewhere, to be markup, to be of another kind, or to have no name. */
export const fileNames: readonly string[] = file_names;
