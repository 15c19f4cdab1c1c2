import { existsSync } from 'node:fs'
import { findChromium, howToGetChromium } from './find-chromium.mjs'

export default function requireChromium() {
  if (findChromium(process.env, existsSync) === undefined) throw new Error(howToGetChromium)
}
