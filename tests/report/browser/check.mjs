// Opens each page in Chromium, wide and narrow, light and dark, and looks for console messages,
// network requests, dialogs, a page wider than its window, faults that axe-core calls serious, and
// a filter that does not filter.  Usage: node check.mjs PAGE.html...   (CHROMIUM=/path/to/browser)
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const offline = ['disable-gpu', 'disable-quic', 'no-first-run', 'disable-background-networking',
  'disable-component-update', 'disable-sync', 'no-sandbox'].map(flag => `--${flag}`)
const looks = [1280, 390].flatMap(width => ['light', 'dark'].map(colorScheme => ({ width, colorScheme })))
const serious = ['serious', 'critical']

const browser = await chromium.launch({ executablePath, args: offline })
const faults = []
for (const file of process.argv.slice(2)) {
  for (const look of looks) {
    const before = faults.length
    const note = text => faults.push(`${file}, ${look.width} px, ${look.colorScheme}: ${text}`)
    await visit(file, look, note)
    await judge(file, look, note)
    console.log(`${file} ${look.width} ${look.colorScheme}: ${faults.length - before} faults`)
  }
}
await browser.close()
console.log(faults.join('\n') || 'no faults')
process.exit(faults.length > 0 ? 1 : 0)

async function open (file, { width, colorScheme }, options) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, ...options })
  page.setDefaultTimeout(20_000)
  return [page, pathToFileURL(resolve(file)).href]
}

// The page as a reader meets it, with its own security policy.
async function visit (file, look, note) {
  const [page, address] = await open(file, look, {})
  page.on('console', message => note(`console: ${message.text()}`))
  page.on('pageerror', error => note(`error: ${error}`))
  page.on('dialog', dialog => { note(`dialog: ${dialog.message()}`); dialog.dismiss() })
  page.on('request', request => {
    if (!/^(file|data):/.test(request.url())) note(`request: ${request.url()}`)
  })
  await page.goto(address)
  for (const summary of await page.locator('summary').all()) await summary.click()
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  if (width > look.width) note(`the page is ${width} px wide`)
  await narrow(page, note)
  await page.close()
}

// Each choice of the index shows its theorems, in the table and below, and no others.
async function narrow (page, note) {
  for (const radio of await page.locator('fieldset input').all()) {
    const choice = (await radio.getAttribute('id')).replace('show-', '')
    await radio.check()
    const wrong = await page.evaluate(choice => [...document.querySelectorAll('[data-verdict]')]
      .filter(({ dataset, offsetParent }) => (offsetParent !== null) !== (choice === 'all' ||
        choice === dataset.verdict || (choice === 'unexpected' && dataset.expected === 'no')))
      .length, choice)
    if (wrong > 0) note(`the choice ${choice} is wrong about ${wrong} elements`)
  }
}

// The page under axe-core, which the policy of the page would keep out.
async function judge (file, look, note) {
  const [page, address] = await open(file, look, { bypassCSP: true })
  await page.goto(address)
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => window.axe.run(document))
  for (const { id, impact, help, nodes } of violations) {
    const text = `axe: ${impact} ${id}: ${help}, ${nodes.length} times, ${nodes[0].html.slice(0, 120)}`
    if (serious.includes(impact)) note(text)
    else console.log(`not serious: ${text}`)
  }
  await page.close()
}
