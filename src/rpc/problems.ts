import type { z } from 'zod'

export interface Problem {
  /** Where in the document, as a person would write it: `jobs[0].filters.receivedFrom`. */
  readonly path: string
  readonly message: string
}

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** What a schema found wrong, one entry for each thing to correct; of a choice's variants, the one that was most nearly met. */
export const problemsOf = (error: z.ZodError): Problem[] => flatten(error.issues, [])

export const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? String(step) : `${text}.${String(step)}`),
    '',
  )

const flatten = (issues: readonly Issue[], base: Path): Problem[] =>
  issues.flatMap(issue => problemsOfIssue(issue, [...base, ...issue.path]))

function problemsOfIssue(issue: Issue, path: Path): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n')
    return issue.keys.map((key, index) => ({ path: pathText([...path, key]), message: messages[index] ?? issue.message }))
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return nearest(issue.errors.map(errors => flatten(errors, path)))
  return [{ path: pathText(path), message: lowerFirst(issue.message) }]
}

const nearest = (variants: readonly Problem[][]): Problem[] =>
  variants.reduce((best, variant) => (variant.length < best.length ? variant : best))

const lowerFirst = (text: string): string => text.replace(/^Invalid input: /, '').replace(/^[A-Z](?=[a-z])/, letter => letter.toLowerCase())
