---@brief The plugin's own options. Settings of the server are not here: they go through `settings` as they are.

local M = {}

---@class grok.Options
---@field settings table<string, any> settings of the server, section `grok`, machine scope (docs/settings.md)
---@field cmd? string[] how to start the server, if `grok-ls` is not on PATH
---@field key? fun(): string? gives the API key when the server starts (a password manager, say); without it XAI_API_KEY counts
---@field enable boolean whether `setup` calls `vim.lsp.enable('grok_ls')`
---@field progress boolean a note at the line that a job works on
---@field diff boolean show the model's edit in a float while it is written
---@field review boolean draw the hunks that wait for a decision
---@field border? string|string[] of floats; 'winborder' where nil
---@field explain grok.ExplainOptions

---@class grok.ExplainOptions
---@field enter boolean put the cursor into the explanation when it opens
---@field width integer of the text, in columns, where the screen has them

---@type grok.Options
local defaults = {
  settings = {},
  enable = true,
  progress = true,
  diff = true,
  review = true,
  explain = { enter = false, width = 80 },
}

---@type grok.Options
M.options = vim.deepcopy(defaults)

local kinds = {
  settings = 'table',
  cmd = 'table',
  key = 'function',
  enable = 'boolean',
  progress = 'boolean',
  diff = 'boolean',
  review = 'boolean',
  border = { 'string', 'table' },
  explain = 'table',
}

--- One sentence for each option that is not what it should be. Wrong options are left out, the others count.
---@param options table
---@return string[] problems
local function drop_wrong(options)
  local problems = {}
  for name, value in pairs(options) do
    local kind = kinds[name]
    local fits = kind and vim.list_contains(type(kind) == 'table' and kind or { kind }, type(value))
    if not kind then
      problems[#problems + 1] = ("the option %q does not exist; ':help grok-options' lists all"):format(name)
    elseif not fits then
      local wanted = type(kind) == 'table' and table.concat(kind, ' or ') or kind
      problems[#problems + 1] = ('the option %q must be a %s, not a %s'):format(name, wanted, type(value))
    end
    if not fits then
      options[name] = nil
    end
  end
  table.sort(problems)
  return problems
end

--- Always starts from the defaults: calling it twice with the same table changes nothing.
---@param options? table
---@return string[] problems one sentence each
function M.set(options)
  local wanted = vim.deepcopy(options or {})
  local problems = drop_wrong(wanted)
  M.options = vim.tbl_deep_extend('force', vim.deepcopy(defaults), wanted)
  return problems
end

return M
