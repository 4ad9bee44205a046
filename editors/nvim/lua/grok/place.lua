---@brief From what the user selected to rows and bytes.

local M = {}

--- The byte after the character that begins at `column` (0-based).
---@param bufnr integer
---@param row integer
---@param column integer
local function after(bufnr, row, column)
  local line = vim.api.nvim_buf_get_lines(bufnr, row, row + 1, false)[1] or ''
  if column >= #line then
    return #line
  end
  return column + 1 + vim.str_utf_end(line, column + 1)
end

--- A selection between two positions of `getpos()`, in either order. A block counts as its lines.
---@param bufnr integer
---@param a integer[]
---@param b integer[]
---@param mode string
---@return grok.Place
function M.selected(bufnr, a, b, mode)
  if a[2] > b[2] or (a[2] == b[2] and a[3] > b[3]) then
    a, b = b, a
  end
  if mode ~= 'v' then
    return { first = a[2] - 1, from = 0, last = b[2] - 1, to = math.huge }
  end
  local exclusive = vim.o.selection == 'exclusive'
  local to = exclusive and b[3] - 1 or after(bufnr, b[2] - 1, b[3] - 1)
  return { first = a[2] - 1, from = a[3] - 1, last = b[2] - 1, to = to }
end

--- A command's range knows lines only. If it is that of the last characterwise selection, its columns count.
---@param bufnr integer
---@param lines { [1]: integer, [2]: integer }
---@return grok.Place?
function M.marked(bufnr, lines)
  local a, b = vim.fn.getpos("'<"), vim.fn.getpos("'>")
  if vim.fn.visualmode() == 'v' and a[2] == lines[1] and b[2] == lines[2] then
    return M.selected(bufnr, a, b, 'v')
  end
end

return M
