---@brief `:Grok`: which word does what, and completion.

local M = {}

---@class grok.Arguments
---@field words string[] after the subcommand
---@field call grok.Call
---@field bang boolean

---@type table<string, { run: fun(arguments: grok.Arguments), words?: string[]|fun(): string[] }>
local subcommands = {}

---@param action string
local function edit_action(action)
  return {
    run = function(arguments)
      if arguments.bang and not arguments.call.instruction then
        require('grok').ask(action, arguments.call)
      else
        require('grok').run(action, arguments.call)
      end
    end,
  }
end

subcommands.fix = edit_action('fix')
subcommands.refactor = edit_action('refactor')
subcommands.explain = edit_action('explain')

--- The first word is the action, the rest its instruction.
---@param arguments grok.Arguments
---@return string? action, grok.Call
local function named(arguments)
  local instruction = table.concat(arguments.words, ' ', math.min(2, #arguments.words + 1))
  return arguments.words[1], { lines = arguments.call.lines, instruction = instruction ~= '' and instruction or nil }
end

--- The built-in actions, then the user's and the workspace's own that can be had in this buffer.
---@return string[]
local function actions()
  local names = { 'fix', 'refactor', 'explain' }
  local bufnr = vim.api.nvim_get_current_buf()
  local client = vim.lsp.get_clients({ bufnr = bufnr, name = 'grok_ls' })[1]
  for _, name in ipairs(client and client.initialized and require('grok.menu').names(client, bufnr) or {}) do
    if not vim.list_contains(names, name) then
      names[#names + 1] = name
    end
  end
  return names
end

subcommands.run = {
  run = function(arguments)
    local action, call = named(arguments)
    if not action then
      require('grok.errors').notify(':Grok run needs the name of an action.', vim.log.levels.WARN)
      return
    end
    require('grok').run(action, call)
  end,
  words = actions,
}

subcommands.preview = {
  run = function(arguments)
    local action, call = named(arguments)
    require('grok').preview(action or 'fix', call)
  end,
  words = actions,
}

---@param name string
local function plain(name)
  return {
    run = function()
      require('grok')[name]()
    end,
  }
end

---@param name string
local function for_all(name)
  return {
    run = function(arguments)
      require('grok')[name](arguments.bang or arguments.words[1] == 'all')
    end,
    words = { 'all' },
  }
end

subcommands.cancel = for_all('cancel')
subcommands.keep = for_all('keep')
subcommands.discard = for_all('discard')
subcommands.next = plain('next_hunk')
subcommands.previous = plain('previous_hunk')
subcommands.usage = plain('usage')
subcommands.reset = plain('reset_budget')
subcommands.restart = plain('restart')
subcommands.log = plain('log')
subcommands.show = plain('show')
subcommands.menu = {
  run = function(arguments)
    require('grok').menu({ lines = arguments.call.lines })
  end,
}

subcommands.recipe = {
  run = function(arguments)
    require('grok').recipe(arguments.words[1], { lines = arguments.call.lines })
  end,
  words = { 'add-types', 'document', 'extract-function', 'rename', 'simplify', 'split' },
}

---@return string[]
local function names()
  local all = vim.tbl_keys(subcommands)
  table.sort(all)
  return all
end

--- `:Grok` alone asks which.
local function choose(args)
  vim.ui.select(names(), { prompt = 'Grok:', kind = 'grok' }, function(name)
    if name then
      M.run(vim.tbl_extend('force', args, { fargs = { name }, args = name }))
    end
  end)
end

---@param args vim.api.keyset.create_user_command.command_args
function M.run(args)
  local name = args.fargs[1]
  if not name then
    choose(args)
    return
  end
  local subcommand = subcommands[name]
  if not subcommand then
    local message = ('There is no :Grok %s; there are %s.'):format(name, table.concat(names(), ', '))
    require('grok.errors').notify(message, vim.log.levels.WARN)
    return
  end
  local rest = vim.trim(args.args:sub(#name + 1))
  subcommand.run({
    words = vim.list_slice(args.fargs, 2),
    bang = args.bang,
    call = {
      lines = args.range > 0 and { args.line1, args.line2 } or nil,
      instruction = rest ~= '' and rest or nil,
    },
  })
end

---@param lead string
---@param line string the command line so far
---@return string[]
function M.complete(lead, line)
  local name, rest = line:match('Grok!?%s+(%S+)%s+(.*)$')
  local candidates = names()
  if name then
    -- Only the word after the subcommand is one of few; what follows is free text.
    local known = subcommands[name]
    candidates = known and not rest:find('%s') and known.words or {}
    candidates = type(candidates) == 'function' and candidates() or candidates
  end
  return vim.tbl_filter(function(candidate)
    return vim.startswith(candidate, lead)
  end, candidates)
end

return M
