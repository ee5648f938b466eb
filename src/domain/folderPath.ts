/**
 * Folder paths as people write them: names from the root joined by `/`, whatever the server's own hierarchy delimiter.
 * A `/` or `\` inside a name is written `\/` or `\\`.
 */
export const joinPath = (path: readonly string[]): string => path.map(name => name.replace(/[\\/]/g, '\\$&')).join('/')

/** The reverse of `joinPath`. Empty names (a leading, trailing or doubled `/`) are left out. */
export const splitPath = (text: string): string[] => {
  const names: string[] = []
  let name = ''
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (char === '/') {
      names.push(name)
      name = ''
    } else if (char === '\\' && at + 1 < text.length) {
      at += 1
      name += text.charAt(at)
    } else {
      name += char
    }
  }
  names.push(name)
  return names.filter(part => part !== '')
}

/** Whether a folder is another or lies below it. */
export const isWithin = (above: readonly string[], path: readonly string[]): boolean => above.every((name, at) => name === path[at])

/** `Work (2)`, `Work (3)`, …: the first that is free. */
export function numberedName(name: string, isFree: (name: string) => boolean): string {
  for (let number = 2; ; number += 1) {
    const candidate = `${name} (${number})`
    if (isFree(candidate)) return candidate
  }
}
