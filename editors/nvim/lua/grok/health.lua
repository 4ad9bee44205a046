---@brief `:checkhealth grok`: can it start, is it running, and what does the server's own doctor say.

local M = {}

local health = vim.health

---@return string[]
local function command()
  local config = vim.lsp.config.grok_ls
  local cmd = require('grok.config').options.cmd or (config and config.cmd)
  -- `--stdio` is how it starts as a server; here it is asked something.
  return vim.tbl_filter(function(each)
    return each ~= '--stdio'
  end, type(cmd) == 'table' and cmd or { 'grok-ls' })
end

--- Settings as the variables that the command line knows: `baseUrl` is GROK_LS_BASE_URL.
---@param settings table
---@param prefix string
---@param into table<string, string>
---@return table<string, string>
local function variables(settings, prefix, into)
  for name, value in pairs(settings) do
    local variable = prefix .. name:gsub('%.', '_'):gsub('(%l)(%u)', '%1_%2'):upper()
    if type(value) == 'table' and not vim.islist(value) and name ~= 'actions' then
      variables(value, variable .. '_', into)
    elseif vim.env[variable] == nil then
      -- As for the server itself: a variable of the environment wins.
      into[variable] = type(value) == 'string' and value or vim.json.encode(value)
    end
  end
  return into
end

---@param arguments string[]
---@return vim.SystemCompleted?
local function run(arguments)
  local config = vim.lsp.config.grok_ls or {}
  local environment = variables(vim.tbl_get(config, 'settings', 'grok') or {}, 'GROK_LS_', {})
  local cmd = vim.list_extend(command(), arguments)
  local ok, process = pcall(vim.system, cmd, { text = true, timeout = 20000, env = environment })
  return ok and process:wait() or nil
end

---@return boolean found
local function check_server()
  local cmd = command()
  if vim.fn.executable(cmd[1]) == 0 then
    health.error(('%s is not executable'):format(cmd[1]), {
      'Install it: pip install grok-ls (or: uv tool install grok-ls)',
      "Or name it: require('grok').setup({ cmd = { '/path/to/grok-ls' } })",
    })
    return false
  end
  local version = run({ '--version' })
  if not version or version.code ~= 0 then
    health.error(('%s --version failed'):format(table.concat(cmd, ' ')), { vim.trim(version and version.stderr or '') })
    return false
  end
  health.ok(('%s: %s'):format(vim.fn.exepath(cmd[1]), vim.trim(version.stdout)))
  return true
end

local function check_doctor()
  local answer = run({ 'doctor', '--json' })
  local ok, report = pcall(vim.json.decode, answer and answer.stdout or '', { luanil = { object = true } })
  if not ok or type(report.checks) ~= 'table' then
    health.warn('grok-ls doctor gave no report', { vim.trim(answer and answer.stderr or '') })
    return
  end
  local say = { ok = health.ok, warning = health.warn, error = health.error }
  for _, line in ipairs(report.checks) do
    local tell = say[line.level] or health.info
    tell(('%s: %s'):format(line.name, line.message))
  end
end

local function check_clients()
  if not vim.lsp.is_enabled('grok_ls') then
    health.warn('the server is not enabled', { "vim.lsp.enable('grok_ls')" })
    return
  end
  local clients = vim.lsp.get_clients({ name = 'grok_ls' })
  if #clients == 0 then
    health.info('enabled; it starts with the first file of a supported type')
  end
  for _, client in ipairs(clients) do
    local buffers = vim.tbl_count(client.attached_buffers)
    local info = client.server_info or {}
    health.ok(
      ('running: version %s, root %s, %d buffers'):format(info.version or '?', client.root_dir or 'none', buffers)
    )
  end
end

function M.check()
  health.start('grok: Neovim')
  if vim.fn.has('nvim-0.11') == 1 then
    health.ok('Neovim ' .. tostring(vim.version()))
  else
    health.error('Neovim is older than 0.11', { 'Install 0.11 or newer' })
  end
  health.start('grok: server')
  local found = check_server()
  check_clients()
  if found then
    health.start('grok: grok-ls doctor')
    check_doctor()
  end
end

return M
