export interface PanelPage {
  readonly title: string
  /** What the browser calls the page's script, and where the workbench serves its files from. */
  readonly script: string
  readonly cspSource: string
  /** Fresh for each page. */
  readonly nonce: string
  /** Of the workbench, as BCP 47. */
  readonly language: string
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)

/**
 * The page that hosts a panel's script: nothing inline, nothing from elsewhere. Styles are constructed by the script (lit and the toolkit both do so),
 * which needs no permission. The toolkit tries out what the browser can with a style element, for which it looks for the nonce here.
 */
export const panelHtml = ({ title, script, cspSource, nonce, language }: PanelPage): string => `<!doctype html>
<html lang="${escaped(language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}' ${escaped(cspSource)}; font-src ${escaped(cspSource)}; img-src ${escaped(cspSource)}">
    <meta property="csp-nonce" content="${nonce}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escaped(title)}</title>
  </head>
  <body>
    <script type="module" nonce="${nonce}" src="${escaped(script)}"></script>
  </body>
</html>
`
