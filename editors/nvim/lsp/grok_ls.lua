-- The language server as data: works alone with `vim.lsp.enable('grok_ls')`, without the rest of this folder.
-- Settings: `vim.lsp.config('grok_ls', { settings = { grok = { model = '…' } } })`; the names are in docs/settings.md.
---@type vim.lsp.Config
return {
  cmd = { 'grok-ls' },
  filetypes = {
    'bash',
    'c',
    'cpp',
    'cs',
    'css',
    'go',
    'html',
    'java',
    'javascript',
    'javascriptreact',
    'json',
    'jsonc',
    'lua',
    'php',
    'python',
    'ruby',
    'rust',
    'sh',
    'toml',
    'typescript',
    'typescriptreact',
    'yaml',
    -- Without a grammar the server works by lines.
    'clojure',
    'dart',
    'dockerfile',
    'elixir',
    'elm',
    'erlang',
    'fish',
    'haskell',
    'julia',
    'kotlin',
    'make',
    'markdown',
    'nix',
    'ocaml',
    'perl',
    'r',
    'scala',
    'scss',
    'sql',
    'svelte',
    'swift',
    'terraform',
    'vim',
    'vue',
    'zig',
    'zsh',
  },
  root_markers = { '.grok', '.grokignore', '.git', '.hg', '.jj' },
  settings = { grok = vim.empty_dict() },
  capabilities = {
    -- Neovim applies versioned document changes but does not say so; without them a late edit cannot be told from a fresh one.
    workspace = { workspaceEdit = { documentChanges = true } },
  },
  flags = { debounce_text_changes = 50 },
  -- This table is the user's own, so its settings are machine scope: the settings that a workspace may not set count too.
  before_init = function(params, config)
    local own = { grok = { machine = (config.settings or {}).grok } }
    params.initializationOptions = vim.tbl_deep_extend('force', own, params.initializationOptions or {})
  end,
}
