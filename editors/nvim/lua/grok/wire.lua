---@brief What goes over the wire (docs/protocol.md), made from what Neovim knows. Positions go out in the client's encoding.

local M = {}

---@class grok.RunAction
---@field action string
---@field uri string
---@field range lsp.Range
---@field version? integer
---@field diagnostics? lsp.Diagnostic[]
---@field instruction? string

---@class grok.Usage
---@field model string
---@field servedModel? string
---@field inputTokens? integer
---@field outputTokens? integer
---@field costUsd? number

---@class grok.Result
---@field jobId? string
---@field status 'started'|'applied'|'review'|'explained'|'unchanged'|'cancelled'|'refused'|'failed'
---@field message string
---@field code? string
---@field edit? { files: integer, hunks: integer, added: integer, removed: integer }
---@field markdown? string
---@field usage? grok.Usage

---@class grok.Stream
---@field jobId string
---@field action string
---@field uri string
---@field kind 'begin'|'status'|'reasoning'|'text'|'diff'|'end'
---@field delta? string
---@field seq integer
---@field result? grok.Result

--- What the user pointed at: rows from 0, columns in bytes, end exclusive.
---@class grok.Place
---@field first integer
---@field last integer
---@field from integer
---@field to integer

---@param bufnr integer
---@param row integer
---@param column integer bytes; past the end of the line means its end
---@param encoding 'utf-8'|'utf-16'|'utf-32'
---@return lsp.Position
local function position(bufnr, row, column, encoding)
  local rows = vim.api.nvim_buf_line_count(bufnr)
  if row >= rows then
    row, column = rows - 1, math.huge
  end
  local line = vim.api.nvim_buf_get_lines(bufnr, row, row + 1, false)[1] or ''
  return { line = row, character = vim.str_utfindex(line, encoding, math.min(column, #line), false) }
end

---@param bufnr integer
---@param place grok.Place
---@param encoding 'utf-8'|'utf-16'|'utf-32'
---@return lsp.Range
function M.range(bufnr, place, encoding)
  return {
    start = position(bufnr, place.first, place.from, encoding),
    ['end'] = position(bufnr, place.last, place.to, encoding),
  }
end

---@param found vim.Diagnostic
---@param place grok.Place
local function touches(found, place)
  return found.lnum <= place.last and (found.end_lnum or found.lnum) >= place.first
end

---@param found vim.Diagnostic
---@param encoding 'utf-8'|'utf-16'|'utf-32'
---@return lsp.Diagnostic
local function diagnostic(found, encoding)
  local last, to = found.end_lnum or found.lnum, found.end_col or found.col
  -- `user_data.lsp` is in the encoding of the server that reported it, so the range is made anew.
  local sent = vim.tbl_get(found, 'user_data', 'lsp') or {}
  return {
    range = M.range(found.bufnr, { first = found.lnum, from = found.col, last = last, to = to }, encoding),
    message = found.message,
    severity = found.severity,
    source = found.source or sent.source,
    code = found.code or sent.code,
    relatedInformation = sent.relatedInformation,
  }
end

--- Diagnostics of every source on the lines of `place`, in the order of the text.
---@param bufnr integer
---@param place grok.Place
---@param encoding 'utf-8'|'utf-16'|'utf-32'
---@return lsp.Diagnostic[]
function M.diagnostics(bufnr, place, encoding)
  local found = vim.tbl_filter(function(each)
    return touches(each, place)
  end, vim.diagnostic.get(bufnr))
  table.sort(found, function(a, b)
    if a.lnum ~= b.lnum then
      return a.lnum < b.lnum
    end
    return a.col < b.col
  end)
  return vim.tbl_map(function(each)
    return diagnostic(each, encoding)
  end, found)
end

---@param client vim.lsp.Client
---@param bufnr integer
---@param action string
---@param place grok.Place
---@param instruction? string
---@return grok.RunAction
function M.run_action(client, bufnr, action, place, instruction)
  local encoding = client.offset_encoding
  local found = M.diagnostics(bufnr, place, encoding)
  return {
    action = action,
    uri = vim.uri_from_bufnr(bufnr),
    range = M.range(bufnr, place, encoding),
    version = vim.lsp.util.buf_versions[bufnr],
    -- An empty Lua table would be sent as an object.
    diagnostics = #found > 0 and found or nil,
    instruction = instruction ~= '' and instruction or nil,
  }
end

--- What came over the wire without its nulls. Neovim 0.11 leaves them out; 0.12 gives `vim.NIL`, which is true in a condition.
---@generic T
---@param value T
---@return T
function M.plain(value)
  if value == vim.NIL then
    return nil
  end
  return type(value) == 'table' and vim.tbl_map(M.plain, value) or value
end

---@param result grok.Result
---@return string such as "grok-4 · 1.2k in, 310 out · $0.0021", or "" where nothing is known
function M.price(result)
  local usage = result.usage
  if type(usage) ~= 'table' then
    return ''
  end
  local parts = { usage.servedModel or usage.model }
  if usage.inputTokens and usage.outputTokens then
    parts[#parts + 1] = ('%s in, %s out'):format(M.count(usage.inputTokens), M.count(usage.outputTokens))
  end
  if usage.costUsd then
    parts[#parts + 1] = M.money(usage.costUsd)
  end
  return table.concat(parts, ' · ')
end

---@param tokens integer
function M.count(tokens)
  return tokens < 1000 and tostring(tokens) or ('%.1fk'):format(tokens / 1000)
end

---@param dollars number
function M.money(dollars)
  return dollars >= 0.1 and ('$%.2f'):format(dollars) or ('$%.4f'):format(dollars)
end

return M
