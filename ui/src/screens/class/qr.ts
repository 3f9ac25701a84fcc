// A QR code as one SVG path: a rectangle for each run of dark modules.
export const QUIET = 4;

export function qrPath(modules: readonly (readonly boolean[])[]): string {
  let path = '';
  modules.forEach((row, y) => {
    let x = 0;
    while (x < row.length) {
      if (!row[x]) {
        x += 1;
        continue;
      }
      const start = x;
      while (row[x]) x += 1;
      path += `M${start + QUIET} ${y + QUIET}h${x - start}v1h-${x - start}z`;
    }
  });
  return path;
}

/** Side of the whole picture in modules, with the quiet zone readers need. */
export const qrSide = (modules: readonly unknown[]): number => modules.length + 2 * QUIET;
