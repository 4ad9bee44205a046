---@brief Colours of code in a Markdown float where Neovim has no parser for it: it brings few, but syntax files of nearly all.

local M = {}

vim.api.nvim_set_hl(0, 'GrokCode', { default = true })

-- What the parser of Markdown says of a code block lies above what a syntax file says of it.
local LOOK = '@markup.raw.block.markdown:GrokCode'

---@type table<integer, table<string, boolean>> by buffer: names seen behind a fence, and whether a syntax file colours them
local seen = {}

--- The file type that people mean by a word behind a fence: `python`, `py`, `c++`.
---@param name string
---@return string?
local function filetype_of(name)
  local known = vim.treesitter.language.get_lang(name)
  if known and pcall(vim.treesitter.language.inspect, known) then
    return nil -- has a parser, which does it better
  end
  for _, filetype in ipairs({ name, vim.filetype.match({ filename = 'x.' .. name:gsub('+', 'p') }) }) do
    -- It becomes part of commands, and the model chose it.
    if filetype:find('^[%w_]+$') and #vim.api.nvim_get_runtime_file(('syntax/%s.vim'):format(filetype), false) > 0 then
      return filetype
    end
  end
end

---@param bufnr integer
---@param name string
---@return boolean coloured
local function colour(bufnr, name)
  local filetype = filetype_of(name)
  if not filetype then
    return false
  end
  local group = 'grokFence' .. name:gsub('%W', '_')
  return (
    pcall(vim.api.nvim_buf_call, bufnr, function()
      vim.b[bufnr].current_syntax = nil
      vim.cmd(('syntax include @%s syntax/%s.vim'):format(group, filetype))
      local mark = [[^\s*\%(```\+\|\~\~\~\+\)\s*]]
      vim.cmd(
        ([[syntax region %s start=/%s\V%s\m\s*$/ end=/%s$/ keepend contains=@%s]]):format(
          group,
          mark,
          name,
          mark,
          group
        )
      )
      vim.cmd('syntax sync fromstart')
    end)
  )
end

--- Look for languages that stand behind a fence for the first time.
---@param bufnr integer
---@param winid integer
function M.update(bufnr, winid)
  if not seen[bufnr] then
    seen[bufnr] = {}
    vim.api.nvim_create_autocmd('BufWipeout', {
      buffer = bufnr,
      callback = function()
        seen[bufnr] = nil
      end,
    })
  end
  local known, wanted = seen[bufnr], false
  -- Not the last line: it may still be on its way.
  for _, line in ipairs(vim.api.nvim_buf_get_lines(bufnr, 0, -2, false)) do
    local name = line:match('^%s*```+%s*([%w_+#-]+)%s*$') or line:match('^%s*~~~+%s*([%w_+#-]+)%s*$')
    if name and known[name] == nil then
      known[name] = colour(bufnr, name)
    end
    wanted = wanted or known[name] == true
  end
  if wanted and vim.api.nvim_win_is_valid(winid) and vim.wo[winid].winhighlight ~= LOOK then
    vim.api.nvim_set_option_value('winhighlight', LOOK, { win = winid, scope = 'local' })
  end
end

return M
