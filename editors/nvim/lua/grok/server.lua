---@brief How the server process starts when `setup` was given a command or a key.

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
function M.command(options)
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

return M
