/** By which the workbench knows panels that it brings back after the window was reloaded. */
export const viewTypes = {
  connectionWizard: 'mailferry.connectionWizard',
  jobWizard: 'mailferry.jobWizard',
  dashboard: 'mailferry.dashboard',
  cutoverChecklist: 'mailferry.cutoverChecklist',
} as const
