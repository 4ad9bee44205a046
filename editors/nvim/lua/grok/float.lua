---@brief A floating window with a scratch buffer: opened beside the code, never in its way, closed with q.

local config = require('grok.config')

local M = {}

---@class grok.Float
---@field bufnr integer
---@field winid integer
---@field width integer of the text so far, in columns
---@field most integer columns that it may take
---@field at_top boolean
---@field rows integer that it may take while the cursor is elsewhere
---@field below integer rows that stay free below it
---@field follow boolean keep the last line in view while text comes
---@field title string
---@field filetype string
---@field bordered? boolean

---@class grok.FloatOptions
---@field name string
---@field title string
---@field filetype string
---@field width? integer
---@field enter? boolean
---@field follow? boolean
---@field below? integer rows that stay free below it, for a question that is asked there
---@field keys? table<string, { run: fun(), desc: string }> normal mode, in this buffer only

---@param float grok.Float
function M.is_open(float)
  return vim.api.nvim_win_is_valid(float.winid) and vim.api.nvim_win_get_buf(float.winid) == float.bufnr
end

--- Rows above and below the line that the user works at, as it stands on the screen.
---@return integer above, integer below
local function room()
  local rows = vim.o.lines - vim.o.cmdheight - 1
  local at = vim.fn.screenpos(0, vim.fn.line('.'), 1).row
  return at - 1, rows - at
end

---@param float grok.Float
---@return vim.api.keyset.win_config
local function place(float)
  local lines = vim.api.nvim_buf_get_lines(float.bufnr, 0, -1, false)
  for _, line in ipairs(lines) do
    -- As wide as the text so far: it grows while text comes, and never shrinks under the reader's eyes.
    float.width = math.max(float.width, vim.fn.strdisplaywidth(line))
  end
  local width = math.max(1, math.min(float.width, float.most, vim.o.columns - 4))
  local wanted = #lines
  if M.is_open(float) then
    vim.api.nvim_win_set_width(float.winid, width)
    -- Wrapped lines count more than once, concealed ones not at all.
    wanted = vim.api.nvim_win_text_height(float.winid, {}).all
  end
  local all = math.max(1, vim.o.lines - vim.o.cmdheight - float.below - 5)
  -- With the cursor inside it is what the user reads: it gets the screen. Else the line they work at stays in sight.
  local most = vim.api.nvim_get_current_win() == float.winid and all or math.max(float.rows, math.min(8, all))
  return {
    relative = 'editor',
    anchor = float.at_top and 'NE' or 'SE',
    row = float.at_top and (vim.o.showtabline > 0 and 1 or 0) or (vim.o.lines - vim.o.cmdheight - float.below - 1),
    col = vim.o.columns - 1,
    width = width,
    height = math.min(math.max(wanted, 1), most, all),
  }
end

---@param float grok.Float
local function resize(float)
  if M.is_open(float) then
    vim.api.nvim_win_set_config(float.winid, place(float))
    if float.follow and vim.api.nvim_get_current_win() ~= float.winid then
      vim.api.nvim_win_set_cursor(float.winid, { vim.api.nvim_buf_line_count(float.bufnr), 0 })
    end
  end
end

---@param float grok.Float
---@param enter boolean
local function show(float, enter)
  local border = config.options.border
  if not border and vim.o.winborder == '' then
    border = 'rounded'
  end
  border = border or vim.o.winborder
  -- Neovim has no place for a title without a border, and says so with an error.
  float.bordered = border ~= 'none'
  local title = float.bordered and (' %s '):format(float.title) or nil
  local look = { style = 'minimal', border = border, title = title, zindex = 45 }
  float.winid = vim.api.nvim_open_win(float.bufnr, enter, vim.tbl_extend('force', place(float), look))
  if enter then
    vim.api.nvim_win_set_config(float.winid, place(float))
  end
  for option, value in pairs({ wrap = true, linebreak = true, conceallevel = 2, concealcursor = 'nc' }) do
    vim.api.nvim_set_option_value(option, value, { win = float.winid, scope = 'local' })
  end
  if float.filetype == 'markdown' then
    require('grok.fences').update(float.bufnr, float.winid)
  end
end

---@param bufnr integer
---@param filetype string
local function highlight(bufnr, filetype)
  -- 'filetype' would start language servers and other plugins on a scratch buffer.
  if not pcall(vim.treesitter.start, bufnr, filetype) then
    vim.bo[bufnr].syntax = filetype
  end
end

---@param options grok.FloatOptions
---@return grok.Float
function M.open(options)
  local bufnr = vim.api.nvim_create_buf(false, true)
  vim.bo[bufnr].bufhidden = 'hide'
  vim.bo[bufnr].modifiable = false
  local above, below = room()
  local free = options.below or 0
  local float = {
    bufnr = bufnr,
    winid = -1,
    width = 40,
    most = options.width or 80,
    at_top = above > below,
    rows = math.max(1, math.max(above, below) - free - 2),
    below = free,
    follow = options.follow or false,
    title = options.title,
    filetype = options.filetype,
  }
  vim.b[bufnr].grok = options.name
  highlight(bufnr, options.filetype)
  show(float, options.enter or false)
  local keys = vim.tbl_extend('keep', options.keys or {}, {
    q = {
      run = function()
        M.close(float)
      end,
      desc = 'Close',
    },
  })
  for key, does in pairs(keys) do
    vim.keymap.set('n', key, does.run, { buffer = bufnr, nowait = true, desc = does.desc })
  end
  vim.api.nvim_create_autocmd({ 'VimResized', 'WinEnter' }, {
    callback = function()
      if not vim.api.nvim_buf_is_valid(bufnr) then
        return true
      end
      resize(float)
    end,
  })
  return float
end

---@param float grok.Float
---@param change fun()
local function modify(float, change)
  if not vim.api.nvim_buf_is_valid(float.bufnr) then
    return
  end
  -- Text put in where the cursor stands takes it along; the reader stays where they read.
  local view = M.is_open(float) and vim.api.nvim_win_call(float.winid, vim.fn.winsaveview)
  vim.bo[float.bufnr].modifiable = true
  change()
  vim.bo[float.bufnr].modifiable = false
  if float.filetype == 'markdown' then
    require('grok.fences').update(float.bufnr, float.winid)
  end
  resize(float)
  if view and not float.follow then
    vim.api.nvim_win_call(float.winid, function()
      vim.fn.winrestview(view)
    end)
  end
end

--- Add text at the end; it may begin and end in the middle of a line.
---@param float grok.Float
---@param text string
function M.append(float, text)
  local lines = vim.split(text:gsub('\r', ''), '\n', { plain = true })
  modify(float, function()
    vim.api.nvim_buf_set_text(float.bufnr, -1, -1, -1, -1, lines)
  end)
end

---@param float grok.Float
---@param text string
---@param from? integer first row that is replaced
function M.set(float, text, from)
  local lines = vim.split(text:gsub('\r', ''), '\n', { plain = true })
  modify(float, function()
    vim.api.nvim_buf_set_lines(float.bufnr, from or 0, -1, false, lines)
  end)
end

--- As high as the whole text, once it is all there: which lines are concealed is known only after they were drawn.
---@param float grok.Float
function M.fit(float)
  vim.cmd.redraw()
  resize(float)
end

---@param float grok.Float
---@param title string
function M.title(float, title)
  float.title = title
  if M.is_open(float) and float.bordered then
    vim.api.nvim_win_set_config(float.winid, { title = (' %s '):format(title) })
  end
end

--- A line at the lower border: as many of `parts` as it has room for.
---@param float grok.Float
---@param ... string
function M.footer(float, ...)
  if not M.is_open(float) or not float.bordered then
    return
  end
  local most, text = vim.api.nvim_win_get_width(float.winid) - 4, ''
  for _, part in ipairs({ ... }) do
    local longer = text == '' and part or ('%s · %s'):format(text, part)
    text = vim.fn.strdisplaywidth(longer) <= most and longer or text
  end
  vim.api.nvim_win_set_config(float.winid, { footer = text ~= '' and (' %s '):format(text) or '' })
end

---@param float grok.Float
function M.close(float)
  if M.is_open(float) then
    vim.api.nvim_win_close(float.winid, true)
  end
end

--- Open it again if it was closed, and put the cursor into it.
---@param float grok.Float
---@return boolean shown
function M.focus(float)
  if not vim.api.nvim_buf_is_valid(float.bufnr) then
    return false
  end
  if M.is_open(float) then
    vim.api.nvim_set_current_win(float.winid)
  else
    show(float, true)
  end
  return true
end

---@param float grok.Float
function M.discard(float)
  M.close(float)
  if vim.api.nvim_buf_is_valid(float.bufnr) then
    vim.api.nvim_buf_delete(float.bufnr, { force = true })
  end
end

return M
