const longest = 300

/** A server's text, fit to be shown and kept: one line, not endless, and without the secrets it might repeat, plain or in base64. */
export function scrub(text: string, secrets: readonly string[] = []): string {
  let clean = text
  for (const secret of secrets) {
    if (secret === '') continue
    for (const form of [secret, Buffer.from(secret).toString('base64')]) clean = clean.replaceAll(form, '***')
  }
  clean = clean.replace(/[\u0000-\u0020\u007f-\u009f]+/g, ' ').trim()
  return clean.length > longest ? `${clean.slice(0, longest)}…` : clean
}
