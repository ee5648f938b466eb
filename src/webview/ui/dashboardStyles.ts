import { css } from 'lit'

/** The dashboard and the checklist: cards beside each other where there is room. */
export const dashboardStyles = css`
  section > h2:first-child {
    margin-top: 0.5rem;
  }
  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr));
    gap: var(--gap) calc(2 * var(--gap));
    margin-top: var(--gap);
  }
  .cards > section {
    max-width: none;
    margin-bottom: var(--gap);
    min-width: 0;
  }
  .cards > .wide {
    grid-column: 1 / -1;
  }
  .plain {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .plain > li {
    padding: 0.3rem 0;
  }
  .step h3 {
    font-size: 1em;
    font-weight: 600;
    margin: 0.4rem 0 0.2rem;
  }
  .step h3 .lead {
    font-weight: normal;
  }
  .step > ul,
  .step > .field,
  .step > .hint,
  .step > details {
    margin-inline-start: 1.3rem;
  }
  .step > .field {
    margin-bottom: 0.2rem;
  }
  .step summary {
    cursor: pointer;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.75rem;
    align-items: center;
    justify-content: space-between;
    overflow-wrap: anywhere;
  }
  .row > :first-child {
    flex: 1 1 14rem;
  }
  .offers {
    display: flex;
    flex-wrap: wrap;
    gap: 0.35rem;
  }
  progress {
    display: block;
    width: 100%;
    height: 6px;
    box-sizing: border-box;
    margin: 0.35rem 0;
    appearance: none;
    border: 1px solid var(--vscode-contrastBorder, transparent);
    background: var(--vscode-widget-border, var(--vscode-panel-border, transparent)) padding-box;
  }
  progress::-webkit-progress-bar {
    background: transparent;
  }
  progress::-webkit-progress-value {
    background: var(--vscode-progressBar-background);
  }
  figure {
    margin: 0 0 var(--gap);
  }
  .chart {
    display: block;
    width: 100%;
    height: 5rem;
    border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder));
  }
  .chart .line {
    fill: none;
    stroke: var(--vscode-charts-blue);
    stroke-width: 2;
  }
  .chart .area {
    fill: var(--vscode-charts-blue);
    opacity: 0.15;
  }
`
