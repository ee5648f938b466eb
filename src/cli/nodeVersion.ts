/** The first Node that has all that Mailferry is built on: `node:sqlite` without a flag, and the syntax of the bundles. */
const needed = 24

/** What to tell somebody who starts Mailferry with an older Node; nothing where it is new enough. */
export const tooOld = (version: string): string | undefined =>
  Number.parseInt(version, 10) >= needed
    ? undefined
    : `Mailferry needs Node ${needed} or later, and this is ${version}. \`npm ci\` brings one along: start Mailferry with node_modules/.bin/node.\n`
