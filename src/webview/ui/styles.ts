import { css } from 'lit'

/** Of every page. Theme colours alone; sizes follow the editor's font, so that zooming and large print work. */
export const pageStyles = css`
  :host {
    display: block;
    color: var(--vscode-foreground);
    font-family: var(--vscode-font-family);
    font-size: var(--vscode-font-size);
    line-height: 1.5;
    --gap: 1rem;
  }
  main {
    max-width: 68rem;
    margin: 0 auto;
    /* At the end there is room for the workbench's notifications, which would lie over the last of it. */
    padding: var(--gap) 0 10rem;
  }
  h1 {
    font-size: 1.6em;
    font-weight: 600;
    margin: 0;
  }
  h2 {
    font-size: 1.15em;
    font-weight: 600;
    margin: 0 0 0.75rem;
    padding-bottom: 0.35rem;
    border-bottom: 1px solid var(--vscode-settings-headerBorder, var(--vscode-panel-border, var(--vscode-contrastBorder)));
  }
  p {
    margin: 0 0 0.6rem;
  }
  .lead,
  .hint {
    color: var(--vscode-descriptionForeground);
  }
  .hint {
    font-size: 0.95em;
    margin: 0.2rem 0 0;
    overflow-wrap: anywhere;
  }
  .columns {
    display: grid;
    grid-template-columns: 12rem minmax(0, 1fr);
    gap: calc(2 * var(--gap));
    margin-top: var(--gap);
  }
  section {
    max-width: 44rem;
    margin-bottom: calc(2 * var(--gap));
    scroll-margin-top: var(--gap);
  }
  .field {
    margin-bottom: 0.9rem;
  }
  .field > vscode-text-field,
  .field > vscode-text-area,
  .field > vscode-dropdown {
    width: 100%;
    max-width: 32rem;
  }
  .label {
    display: block;
    margin-bottom: 0.15rem;
  }
  .error {
    color: var(--vscode-errorForeground);
    margin: 0.2rem 0 0;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  vscode-button {
    white-space: nowrap;
  }
  vscode-button[appearance='secondary'] {
    /* The toolkit knows one border for all buttons, which is meant for the primary ones. */
    --button-border: var(--vscode-button-secondaryBorder, var(--vscode-contrastBorder, transparent));
  }
  .actions {
    margin-bottom: 0.5rem;
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
  }
  .mark {
    width: 1.1em;
    flex: none;
    text-align: center;
  }
  .mark.passed {
    color: var(--vscode-testing-iconPassed, var(--vscode-charts-green));
  }
  .mark.failed {
    color: var(--vscode-testing-iconFailed, var(--vscode-errorForeground));
  }
  .mark.open {
    color: var(--vscode-descriptionForeground);
  }
  a {
    color: var(--vscode-textLink-foreground);
  }
  a:focus-visible,
  button:focus-visible,
  summary:focus-visible,
  [tabindex]:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 2px;
  }
  code,
  pre {
    font-family: var(--vscode-editor-font-family);
    font-size: var(--vscode-editor-font-size);
  }
  pre {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    padding: 0.5rem 0.75rem;
    margin: 0.4rem 0;
    background: var(--vscode-textCodeBlock-background);
    border: 1px solid var(--vscode-contrastBorder, transparent);
  }
  table {
    border-collapse: collapse;
    width: 100%;
  }
  th,
  td {
    text-align: start;
    vertical-align: top;
    padding: 0.25rem 0.75rem 0.25rem 0;
  }
  th {
    font-weight: 600;
  }
  tbody tr + tr > :is(th, td) {
    border-top: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
  }
  td.number,
  th.number {
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  @media (max-width: 46rem) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
      gap: var(--gap);
    }
  }
`

/** The list of steps beside a wizard's sections. */
export const stepperStyles = css`
  nav {
    position: sticky;
    top: calc(var(--bar, 0px) + var(--gap));
    align-self: start;
  }
  nav ol {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  nav a {
    display: flex;
    gap: 0.5rem;
    padding: 0.25rem 0.5rem;
    color: var(--vscode-foreground);
    text-decoration: none;
    border-inline-start: 2px solid transparent;
  }
  nav a:hover {
    background: var(--vscode-list-hoverBackground);
  }
  nav a[aria-current='step'] {
    border-inline-start-color: var(--vscode-focusBorder);
    font-weight: 600;
  }
  @media (max-width: 46rem) {
    nav {
      position: static;
    }
    nav ol {
      display: flex;
      flex-wrap: wrap;
    }
  }
`

/** Checks of a server, one below the other, each with its cure. */
export const checkStyles = css`
  .checks {
    list-style: none;
    margin: 0 0 var(--gap);
    padding: 0;
  }
  .checks > li {
    display: grid;
    grid-template-columns: 1.4em minmax(0, 1fr);
    gap: 0.4rem;
    padding: 0.3rem 0;
    overflow-wrap: anywhere;
  }
  .checks .name {
    font-weight: 600;
  }
  .checks .cure {
    margin: 0.2rem 0 0;
  }
  .banner {
    display: grid;
    grid-template-columns: 1.4em minmax(0, 1fr);
    gap: 0.5rem;
    padding: 0.6rem 0.75rem;
    margin-bottom: var(--gap);
    max-width: 44rem;
    border: 1px solid var(--vscode-inputValidation-infoBorder);
    background: var(--vscode-inputValidation-infoBackground);
    color: var(--vscode-inputValidation-infoForeground, var(--vscode-foreground));
  }
  .banner.warning {
    border-color: var(--vscode-inputValidation-warningBorder);
    background: var(--vscode-inputValidation-warningBackground);
    color: var(--vscode-inputValidation-warningForeground, var(--vscode-foreground));
  }
  .banner.error {
    border-color: var(--vscode-inputValidation-errorBorder);
    background: var(--vscode-inputValidation-errorBackground);
    color: var(--vscode-inputValidation-errorForeground, var(--vscode-foreground));
  }
`
