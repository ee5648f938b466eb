import { styleText } from 'node:util'

/** What the demo tells its reader; headings stand out where the terminal can. */
export interface Screen {
  /** A numbered heading, and below it why this is done. */
  step(title: string, ...why: readonly string[]): void
  say(...lines: readonly string[]): void
  /** A command as it would be typed. */
  typed(command: string): void
}

export function createScreen(stream: NodeJS.WriteStream): Screen {
  let steps = 0
  const styled = (format: 'bold' | 'cyan', text: string): string => styleText(format, text, { stream })
  const say = (...lines: readonly string[]): void => {
    for (const line of lines) stream.write(`${line}\n`)
  }
  return {
    say,
    step(title, ...why) {
      steps++
      say('', styled('bold', `${steps}. ${title}`), ...why, '')
    },
    typed: command => say(styled('cyan', `$ ${command}`)),
  }
}
