---@brief
---
--- https://pypi.org/project/grok-ls/
---
--- Language server whose fix, refactor and explain code actions are written by a Grok model. Install it with
--- `pip install grok-ls` (or `uv tool install grok-ls`), and put a key into the environment: `export XAI_API_KEY=...`.
--- `grok-ls doctor` says what is missing. Without a key: `grok-ls local` serves a small model on this machine.
---
--- Nothing is sent before a code action is chosen. Settings (all of them: `docs/settings.md` of the project):
---
--- ```lua
--- vim.lsp.config('grok_ls', {
---   settings = {
---     grok = { model = 'grok-4.3', budget = { sessionTokens = 100000 } },
---   },
--- })
--- ```

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
