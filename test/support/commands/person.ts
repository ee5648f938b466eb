/** What a person is asked or told. */
export interface Asked {
  readonly by: 'message' | 'pick' | 'input' | 'open' | 'save' | 'document'
  readonly text: string
  readonly detail?: string
  /** Buttons, or labels to pick from. */
  readonly offers: readonly string[]
}

/** What a person does when asked next: presses a button, picks labels, types, or names a file. Once nothing is left, everything is dismissed. */
export type Answer =
  | { readonly presses: string }
  | { readonly picks: readonly string[] }
  | { readonly types: string }
  | { readonly names: string }

/** The person in front of the commands that a test calls. */
export const person = {
  asked: [] as Asked[],
  answers: [] as Answer[],
  /** Forgets what was asked, and does so from now on. */
  will(...answers: readonly Answer[]): void {
    person.asked.length = 0
    person.answers = [...answers]
  },
  /** The next answer, which has to be of a kind that fits the question. */
  next<Key extends 'presses' | 'picks' | 'types' | 'names'>(key: Key): Extract<Answer, Record<Key, unknown>> | undefined {
    const answer = person.answers[0]
    if (answer === undefined || !(key in answer)) return undefined
    person.answers.shift()
    // Proof of the cast: it has the key that only these have.
    return answer as Extract<Answer, Record<Key, unknown>>
  },
  told: (by: Asked['by']): string[] => person.asked.flatMap(one => (one.by === by ? [one.text] : [])),
}
