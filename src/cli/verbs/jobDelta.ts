import { runOptions, runVerb } from '../runVerb.ts'
import { verb } from '../verb.ts'

export const jobDelta = verb({
  words: 'job delta',
  positionals: ['NAME'],
  summary: 'Run a job again: carry over what is new, changed, moved or failed since.',
  details: 'The job’s policy says what is carried over: new items only; changes of flags and moves too; or deletions as well.',
  options: runOptions,
  run: (app, args) => runVerb(app, args, true),
})
