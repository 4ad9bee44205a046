---@brief What `setup` makes of the server's configuration: its settings, and how its process starts.

local M = {}

---@param key fun(): string?
---@return string? value
local function ask(key)
  local ok, value = pcall(key)
  if ok and type(value) == 'string' and value ~= '' then
    return value
  end
  local why = ok and 'gave no key' or ('failed: ' .. tostring(value))
  require('grok.errors').notify(("the function of the option 'key' %s"):format(why), vim.log.levels.WARN)
end

--- The key goes into the server's environment and nowhere else: not into options, settings or logs.
---@param options grok.Options
---@return string[]|fun(dispatchers: vim.lsp.rpc.Dispatchers, config?: vim.lsp.ClientConfig): vim.lsp.rpc.PublicClient
local function command(options)
  local cmd = options.cmd or { 'grok-ls' }
  local key = options.key
  if not key then
    return cmd
  end
  return function(dispatchers, config)
    local variable = vim.tbl_get(config or {}, 'settings', 'grok', 'apiKeyEnv') or 'XAI_API_KEY'
    local before, value = vim.env[variable], ask(key)
    -- Neovim writes the environment that it is given here into its log, but not the one that it inherits.
    vim.env[variable] = value or before
    local ok, client = pcall(vim.lsp.rpc.start, cmd, dispatchers, {
      cwd = config and config.cmd_cwd,
      env = config and config.cmd_env,
    })
    vim.env[variable] = before
    return ok and client or error(client, 0)
  end
end

---@class grok.Configured
---@field cmd? string[]|function
---@field settings? table

---@type { before: grok.Configured, made: grok.Configured }?
local last

--- `now` without what `made` put into it; what others changed since then stays.
local function taken_back(now, made, before)
  if vim.deep_equal(now, made) then
    return before
  elseif type(now) ~= 'table' or type(made) ~= 'table' or vim.islist(now) then
    return now
  end
  local left = vim.empty_dict()
  for name, value in pairs(now) do
    left[name] = taken_back(value, made[name], type(before) == 'table' and before[name] or nil)
  end
  return left
end

---@param name string
---@return grok.Configured
local function configured(name)
  local config = vim.lsp.config[name] or {}
  return vim.deepcopy({ cmd = config.cmd, settings = config.settings })
end

--- Hand `cmd`, `key` and `settings` to Neovim. What an earlier call handed over goes, so that a call leaves nothing behind.
---@param name string
---@param options grok.Options
function M.configure(name, options)
  if last then
    local config = vim.deepcopy(vim.lsp.config[name])
    config.cmd = taken_back(config.cmd, last.made.cmd, last.before.cmd)
    config.settings = taken_back(config.settings, last.made.settings, last.before.settings)
    -- Assigned, not merged: merging takes nothing away.
    vim.lsp.config[name] = config
  end
  local before = configured(name)
  if options.cmd or options.key then
    vim.lsp.config(name, { cmd = command(options) })
  end
  if next(options.settings) then
    vim.lsp.config(name, { settings = { grok = options.settings } })
  end
  last = { before = before, made = configured(name) }
end

return M
