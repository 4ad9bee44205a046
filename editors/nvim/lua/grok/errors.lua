---@brief How loud an outcome is. The sentence itself is the server's.

local M = {}

local levels = vim.log.levels

--- By the result's `code` (docs/protocol.md). The user's own doing is no error: a changed document, a limit they set.
---@type table<string, integer>
local by_code = {
  budget_exceeded = levels.WARN,
  document_changed = levels.WARN,
  ambiguous_edit = levels.WARN,
  unmatched_edit = levels.WARN,
  truncated_answer = levels.WARN,
  syntax_broken = levels.WARN,
  edit_rejected = levels.WARN,
  excluded_file = levels.WARN,
  rate_limited = levels.WARN,
  timeout = levels.WARN,
  unavailable = levels.WARN,
}

---@param result grok.Result
---@return integer level one of vim.log.levels
function M.level(result)
  if result.status ~= 'failed' and result.status ~= 'refused' then
    return levels.INFO
  end
  return by_code[result.code] or levels.ERROR
end

---@param message string
---@param level? integer
function M.notify(message, level)
  require('grok.note').show('grok: ' .. message, level or levels.INFO)
end

return M
