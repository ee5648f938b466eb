import { window, workspace } from 'vscode'

/** Reads a file that a person chooses; it isn't referred to afterwards. */
export async function readSecretFile(title: string, openLabel: string): Promise<string | undefined> {
  const [file] = (await window.showOpenDialog({ title: `${title}: ${openLabel}`, canSelectMany: false })) ?? []
  return file && new TextDecoder().decode(await workspace.fs.readFile(file))
}
