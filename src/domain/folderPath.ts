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
