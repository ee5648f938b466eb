/** A word as a shell takes it literally: PowerShell on Windows, POSIX elsewhere. */
const literal = (word: string, platform: string): string => `'${word.replaceAll("'", platform === 'win32' ? "''" : `'\\''`)}'`

/** The command that applies a plan which it carries in itself. */
export function applyCommandLine(plan: object, platform: string): string {
  const text = literal(JSON.stringify(plan), platform)
  return platform === 'win32' ? `${text} | mailferry apply -` : `printf %s ${text} | mailferry apply -`
}
