import { css } from 'lit'

/** What only the wizards have. */
export const wizardStyles = css`
  main.wizard {
    display: flex;
    flex-direction: column;
    padding-top: 0;
  }
  .bar {
    order: -1;
    position: sticky;
    top: 0;
    z-index: 2;
    margin-bottom: var(--gap);
    padding: 0.75rem 0 0.25rem;
    background: var(--vscode-editor-background);
    border-bottom: 1px solid var(--vscode-settings-headerBorder, var(--vscode-panel-border, var(--vscode-contrastBorder)));
  }
  .bar .banner {
    max-height: 40vh;
    overflow: auto;
  }
  h3 {
    font-size: 1em;
    font-weight: 600;
    margin: 1rem 0 0.3rem;
  }
  fieldset {
    border: 1px solid var(--vscode-widget-border, var(--vscode-panel-border, var(--vscode-contrastBorder)));
    margin: 0 0 0.75rem;
    padding: 0.5rem 0.75rem;
  }
  fieldset .field {
    margin-bottom: 0.4rem;
  }
  .choices {
    display: grid;
    max-height: 20rem;
    overflow: auto;
    margin-bottom: 0.75rem;
    padding: 0.25rem 0.5rem;
    border: 1px solid var(--vscode-widget-border, var(--vscode-panel-border, var(--vscode-contrastBorder)));
  }
  vscode-text-field.cell {
    width: 100%;
    min-width: 8rem;
  }
  .actions.estimate {
    margin-top: 1rem;
  }
  details {
    margin-bottom: 0.9rem;
  }
  summary {
    cursor: pointer;
    margin-bottom: 0.5rem;
  }
  dl {
    display: grid;
    grid-template-columns: minmax(8rem, max-content) minmax(0, 1fr);
    gap: 0.25rem 1rem;
    margin: 0;
  }
  dt {
    color: var(--vscode-descriptionForeground);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  td {
    overflow-wrap: anywhere;
  }
  tr:has(> td .cell) > td {
    vertical-align: middle;
  }
  td.changed {
    font-weight: 600;
  }
  .command {
    display: flex;
    gap: 0.5rem;
    align-items: start;
  }
  .command > pre {
    flex: 1;
  }
  .command > vscode-button {
    margin-top: 0.4rem;
  }
`
