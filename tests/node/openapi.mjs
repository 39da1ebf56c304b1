// SPDX-License-Identifier: GPL-3.0-or-later
// Whether recorded traffic is what data/protocol/openapi.yaml says, by validators that were not written here.
//
//   node openapi.mjs DOCUMENT TRAFFIC      TRAFFIC: JSON, one exchange a line (tests/e2e/recorder.py)
//
// Prints one JSON object: what is wrong with the document, and with which exchanges.

import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const require = createRequire(join(process.env.MOTCUA_NODE, 'package.json'))
const { Validator } = require('@seriousme/openapi-schema-validator')
const { OpenAPIBackend, SetMatchType } = require('openapi-backend')
const Ajv = require('ajv/dist/2020').default
const YAML = require('yaml')

// Of HTTP itself, which says what they are.
const COMMON = new Set(['connection', 'content-length', 'content-type', 'date', 'server'])
const LENIENT = { strict: false, allErrors: true }

const [documentPath, trafficPath] = process.argv.slice(2)
const text = readFileSync(documentPath, 'utf8')
const document = YAML.parse(text)
const traffic = readFileSync(trafficPath, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line))

const api = new OpenAPIBackend({ definition: YAML.parse(text), quick: true, ajvOpts: LENIENT })
const ajv = new Ajv(LENIENT)
ajv.addSchema({ $id: 'doc', ...document })
const compiled = new Map()

const resolve = (node) => (node?.$ref ? node.$ref.slice(2).split('/').reduce((at, key) => at[key], document) : node)
const named = (pairs) => Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value]))
const told = (errors) => (errors ?? []).map((e) => `${e.instancePath} ${e.message}`)

// What the document's own schema says of a value. References lead into the document.
function against(schema, value, what) {
  const key = JSON.stringify(schema)
  if (!compiled.has(key)) {
    compiled.set(key, ajv.compile(JSON.parse(key.replaceAll('"$ref":"#/', '"$ref":"doc#/'))))
  }
  const check = compiled.get(key)
  return check(value) ? [] : told(check.errors).map((e) => `${what}: ${e}`)
}

function lines(media, body, what) {
  const text = body.toString('utf8')
  let first
  try {
    first = JSON.parse(text.split('\n')[0])
  } catch {
    return [`${what}: the first line is no JSON`]
  }
  return [...against(media.schema, text, what), ...against(media['x-first-line'], first, `${what}'s envelope`)]
}

function json(body) {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

function mediaOf(content, headers) {
  const type = headers['content-type']?.split(';')[0]
  return [content?.[type ?? '*/*'] ?? content?.['*/*'], type]
}

function answered(operation, exchange, headers, body) {
  const status = String(exchange.status)
  const said = resolve(operation.responses[status])
  if (!said) return [`status ${status} is not in the document`]
  const bare = Object.fromEntries(Object.entries(headers).filter(([name]) => !COMMON.has(name)))
  const problems = Object.entries(said.headers ?? {})
    .filter(([name, header]) => resolve(header).required && !(name.toLowerCase() in bare))
    .map(([name]) => `${status} without ${name}`)
  const checked = api.validateResponseHeaders(bare, operation, {
    statusCode: exchange.status,
    setMatchType: SetMatchType.Subset,
  })
  problems.push(...told(checked.errors).map((e) => `${status} ${e}`))
  if (exchange.method === 'HEAD' || !said.content) {
    return body.length > 0 ? [...problems, `${status} has a body`] : problems
  }
  const [media, type] = mediaOf(said.content, headers)
  if (!media) return [...problems, `${status}: the type ${type} is not in the document`]
  if (media['x-first-line']) return [...problems, ...lines(media, body, 'answer')]
  if (type !== 'application/json') return problems
  const value = json(body)
  if (value === undefined) return [...problems, `${status}: no JSON`]
  problems.push(...told(api.validateResponse(value, operation, exchange.status).errors).map((e) => `${status} ${e}`))
  return [...problems, ...against(media.schema, value, status)]
}

function asked(operation, exchange, headers, body) {
  const [media, type] = mediaOf(operation.requestBody?.content, headers)
  const request = { method: exchange.method, path: exchange.path, headers, body: undefined }
  const problems = []
  if (type === 'application/json') request.body = json(body)
  if (operation.requestBody && !media) problems.push(`request of type ${type}`)
  if (media?.['x-first-line']) problems.push(...lines(media, body, 'request'))
  // What a request is signed with, unless the document lets it go without.
  const security = operation.security ?? document.security
  const signs = (all) => Object.keys(all).every((scheme) => document.components.securitySchemes[scheme].name.toLowerCase() in headers)
  if (security.length > 0 && !security.some(signs)) problems.push('request is not signed')
  problems.push(...told(api.validateRequest(request, operation).errors?.filter((e) => !media?.['x-first-line'] || !e.instancePath.startsWith('/requestBody'))))
  return problems
}

function look(exchange) {
  const operation = api.router.matchOperation({ method: exchange.method, path: exchange.path, headers: {} })
  // A path that is nowhere is answered so on purpose.
  if (!operation) return exchange.status === 404 && exchange.strange ? [] : [`${exchange.method} ${exchange.path} is not in the document`]
  const bytes = (side) => Buffer.from(exchange[side].body, 'base64')
  const problems = answered(operation, exchange, named(exchange.answered.headers), bytes('answered'))
  if (!exchange.strange) problems.push(...asked(operation, exchange, named(exchange.asked.headers), bytes('asked')))
  return problems
}

await api.init()
const checked = await new Validator().validate(YAML.parse(text))
const wrong = traffic.map((exchange, at) => ({ at, what: [...new Set(look(exchange))] })).filter((e) => e.what.length > 0)
console.log(JSON.stringify({ version: document.openapi, document: checked.errors ?? [], wrong }))
