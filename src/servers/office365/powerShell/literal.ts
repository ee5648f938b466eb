/** A text as PowerShell has it: single quotes hold everything but themselves, and typographic ones count as those. */
export const literal = (text: string): string => `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, quote => quote + quote)}'`
