import { window, workspace } from 'vscode'

/** Shows something to read, as an unsaved Markdown document: it can be searched, copied and saved. */
export async function showText(title: string, text: string): Promise<void> {
  const document = await workspace.openTextDocument({ language: 'markdown', content: `# ${title}\n\n${text}\n` })
  await window.showTextDocument(document, { preview: true })
}
