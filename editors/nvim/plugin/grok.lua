-- Commands and wiring. Everything else loads when it is first used.
if vim.g.loaded_grok then
  return
end
vim.g.loaded_grok = true

if vim.fn.has('nvim-0.11') == 0 then
  vim.notify('grok: Neovim 0.11 or newer is needed; this is an older one.', vim.log.levels.ERROR)
  return
end

vim.api.nvim_create_user_command('Grok', function(args)
  require('grok.command').run(args)
end, {
  bang = true,
  nargs = '*',
  range = true,
  desc = 'Fix, refactor or explain code with a Grok model',
  complete = function(lead, line)
    return require('grok.command').complete(lead, line)
  end,
})

vim.api.nvim_create_autocmd('LspAttach', {
  group = vim.api.nvim_create_augroup('grok', {}),
  desc = 'Diagnostics of other tools in the code action menu',
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if client and client.name == 'grok_ls' then
      require('grok.menu').complete(client)
    end
  end,
})

vim.lsp.config('grok_ls', {
  init_options = {
    grok = {
      stream = true,
      -- One session for each Neovim: a server that is started again goes on with the same budget.
      sessionId = ('nvim-%d-%d'):format(vim.fn.getpid(), vim.uv.hrtime()),
    },
  },
  capabilities = {
    workspace = {
      workspaceEdit = { documentChanges = true, changeAnnotationSupport = { groupsOnLabel = false } },
      codeLens = { refreshSupport = true },
    },
  },
  commands = {
    ['grok.run'] = function(command, context)
      require('grok.jobs').from_menu(command, context)
    end,
    ['grok.review'] = function(command, context)
      require('grok.review').from_lens(command, context)
    end,
  },
  handlers = {
    ['workspace/applyEdit'] = function(_, params, context)
      return require('grok.apply').handle(params, context)
    end,
    ['workspace/codeLens/refresh'] = function(_, _, context)
      require('grok.review').refresh(context.client_id)
      return vim.NIL
    end,
    ['window/showMessage'] = function(_, params)
      -- Like every other word of this plugin's, so that whoever shows notifications shows these too.
      require('grok.errors').notify(params.message, ({ 4, 3, 2, 1, 1 })[params.type])
      return vim.NIL
    end,
    ['window/showMessageRequest'] = function(err, params, context)
      -- What is drawn behind the question stays as it is until it is answered.
      vim.cmd.redraw()
      return vim.lsp.handlers['window/showMessageRequest'](err, params, context)
    end,
    ['grok/stream'] = function(_, params, context)
      require('grok.jobs').stream(params, context)
    end,
  },
})
