const { writeFileSync } = require('node:fs')
const { reporters, Runner } = require('mocha')

/** Mocha's own report, and the counts in the file of the option `counts`: a run that dies leaves none. */
module.exports = class CountingReporter extends reporters.Spec {
  /**
   * @param {import('mocha').Runner} runner
   * @param {import('mocha').MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options)
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures } = this.stats
      writeFileSync(options.reporterOptions.counts, JSON.stringify({ passed: passes, failed: failures }))
    })
  }
}
