import { inFolder, script } from './rivulet.ts'

/** What a shell does until it is ended. */
export const forever = 'while :; do sleep 0.01; done'

/** What a shell does until there is a file of this name in the folder. */
export function until(name: string): string {
  return `while [ ! -e ${inFolder(name)} ]; do sleep 0.01; done`
}

/** Goes on until it is told to end, and then says so; `told.ready` is there when it listens. */
export const untilTold: string = script(
  'until-told',
  `trap 'echo told; exit 0' TERM; touch ${inFolder('told.ready')}; echo ready; ${forever}`,
)

/** Is not ended by SIGTERM; `stubborn.ready` is there when it listens. */
export const stubborn: string = script(
  'stubborn',
  `trap '' TERM; touch ${inFolder('stubborn.ready')}; echo ready; ${forever}`,
)
