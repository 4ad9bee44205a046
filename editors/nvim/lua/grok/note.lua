---@brief A sentence that the command line has no room for. Neovim would stop for it ("Press ENTER") and take the next keys for an
--- answer, also those that somebody is just typing: so it stands in a float while it is read, and in `:messages`.

local M = {}

local MIN_MS, MS_A_CHARACTER = 5000, 60
-- Two sentences at once take two lines.
local TOGETHER_MS = 200

local levels = vim.log.levels
local titles = { [levels.INFO] = 'Grok', [levels.WARN] = 'Grok: warning', [levels.ERROR] = 'Grok: error' }

---@class grok.Note
---@field float grok.Float
---@field level integer the loudest of its sentences
---@field until_ms integer

---@type grok.Note?
local note
local last_ms = -TOGETHER_MS

--- Whoever shows notifications in another way shows ours too.
---@return boolean
local function is_neovims_own()
  return debug.getinfo(vim.notify, 'S').source:find('^@vim/') ~= nil
end

---@param text string
---@return boolean
local function fits(text)
  local room = vim.v.echospace + vim.o.columns * (vim.o.cmdheight - 1)
  return not text:find('\n') and vim.fn.strdisplaywidth(text) <= room
end

--- For `:messages`, without a stop.
---@param text string
local function remember(text)
  local options = vim.o.messagesopt
  vim.o.messagesopt = ('wait:0,%s'):format(options:match('history:%d+') or 'history:500')
  vim.api.nvim_echo({ { text } }, true, {})
  vim.cmd.redraw()
  vim.o.messagesopt = options
end

---@param mine grok.Note
local function close_in_time(mine)
  local left_ms = mine.until_ms - vim.uv.now()
  if left_ms <= 0 then
    require('grok.float').discard(mine.float)
    return
  end
  vim.defer_fn(function()
    close_in_time(mine)
  end, left_ms)
end

---@param text string
---@param level integer
---@return boolean shown false: the command line is right for it
function M.show(text, level)
  local now = vim.uv.now()
  local alone = now - last_ms >= TOGETHER_MS
  last_ms = now
  if not is_neovims_own() or (fits(text) and alone) or #vim.api.nvim_list_uis() == 0 then
    return false
  end
  remember(text)
  local float = require('grok.float')
  local reading_ms = math.max(MIN_MS, MS_A_CHARACTER * #text)
  if note and float.is_open(note.float) and not alone then
    note.level, note.until_ms = math.max(note.level, level), note.until_ms + reading_ms
    float.append(note.float, '\n' .. text)
  else
    if note then
      float.discard(note.float)
    end
    note = {
      float = float.open({ name = 'note', title = titles[level] or titles[levels.INFO], filetype = 'text' }),
      level = level,
      until_ms = now + reading_ms,
    }
    float.set(note.float, text)
    close_in_time(note)
  end
  float.title(note.float, titles[note.level] or titles[levels.INFO])
  float.fit(note.float)
  return true
end

return M
