---@brief How the server process starts when `setup` was given a command or a key.

local M = {}

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
    local environment = vim.deepcopy(config and config.cmd_env or {})
    local ok, value = pcall(key)
    if ok and type(value) == 'string' and value ~= '' then
      local variable = vim.tbl_get(options.settings, 'apiKeyEnv') or 'XAI_API_KEY'
      environment[variable] = value
    else
      local why = ok and 'gave no key' or ('failed: ' .. tostring(value))
      require('grok.errors').notify(("the function of the option 'key' %s"):format(why), vim.log.levels.WARN)
    end
    return vim.lsp.rpc.start(cmd, dispatchers, { cwd = config and config.cmd_cwd, env = environment })
  end
end

return M
