local equal = require('server').equal
local place = require('grok.place')
local wire = require('grok.wire')

local function buffer(lines)
  local bufnr = vim.api.nvim_create_buf(true, false)
  vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, lines)
  vim.api.nvim_set_current_buf(bufnr)
  return bufnr
end

local function range(bufnr, from, to, encoding)
  local found = wire.range(bufnr, { first = 0, from = from, last = 0, to = to }, encoding)
  return { found.start.character, found['end'].character }
end

return {
  ['columns count in the units of the encoding'] = function()
    local bufnr = buffer({ 'é😀x' })
    equal(range(bufnr, 2, 6, 'utf-8'), { 2, 6 })
    equal(range(bufnr, 2, 6, 'utf-16'), { 1, 3 })
    equal(range(bufnr, 2, 6, 'utf-32'), { 1, 2 })
  end,
  ['a column past the end of the line is its end'] = function()
    equal(range(buffer({ 'é😀x' }), 0, math.huge, 'utf-16'), { 0, 4 })
  end,
  ['a row past the end of the text is its end'] = function()
    local found = wire.range(buffer({ 'a', 'bc' }), { first = 0, from = 0, last = 9, to = 0 }, 'utf-8')
    equal(found['end'], { line = 1, character = 2 })
  end,
  ['diagnostics of every source on the lines are sent in the order of the text'] = function()
    local bufnr = buffer({ 'one', 'two é', 'three' })
    local a, b = vim.api.nvim_create_namespace('a'), vim.api.nvim_create_namespace('b')
    vim.diagnostic.set(a, bufnr, { { lnum = 1, col = 6, end_col = 6, message = 'late', source = 'ruff', code = 'F1' } })
    vim.diagnostic.set(b, bufnr, {
      { lnum = 1, col = 0, end_col = 3, message = 'early', severity = 1 },
      { lnum = 2, col = 0, message = 'elsewhere' },
    })
    local found = wire.diagnostics(bufnr, { first = 1, from = 0, last = 1, to = math.huge }, 'utf-16')
    equal(#found, 2)
    equal({ found[1].message, found[1].severity, found[1].range['end'].character }, { 'early', 1, 3 })
    equal(
      { found[2].message, found[2].source, found[2].code, found[2].range.start.character },
      { 'late', 'ruff', 'F1', 5 }
    )
  end,
  ['a diagnostic over several lines counts on each of them'] = function()
    local bufnr = buffer({ 'a', 'b', 'c' })
    local namespace = vim.api.nvim_create_namespace('a')
    vim.diagnostic.set(namespace, bufnr, { { lnum = 0, end_lnum = 2, col = 0, end_col = 1, message = 'long' } })
    equal(#wire.diagnostics(bufnr, { first = 1, from = 0, last = 1, to = 0 }, 'utf-8'), 1)
  end,
  ['a selection ends after its last character, however many bytes that has'] = function()
    local bufnr = buffer({ 'aé😀b' })
    local found = place.selected(bufnr, { 0, 1, 4, 0 }, { 0, 1, 1, 0 }, 'v')
    equal(found, { first = 0, from = 0, last = 0, to = 7 })
  end,
  ['a linewise selection is its whole lines'] = function()
    local found = place.selected(buffer({ 'ab', 'cd' }), { 0, 1, 2, 0 }, { 0, 2, 1, 0 }, 'V')
    equal(found, { first = 0, from = 0, last = 1, to = math.huge })
  end,
  ['a price names the model that served'] = function()
    local usage = { model = 'asked', servedModel = 'grok-4', inputTokens = 1234, outputTokens = 56, costUsd = 0.00123 }
    equal(wire.price({ status = 'applied', message = '', usage = usage }), 'grok-4 · 1.2k in, 56 out · $0.0012')
    equal(wire.price({ status = 'failed', message = '' }), '')
  end,
}
