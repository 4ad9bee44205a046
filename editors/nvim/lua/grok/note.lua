---@brief A sentence for the user, by `vim.notify`. Neovim would stop for one that the command line has no room for ("Press
--- ENTER") and take the next keys for an answer, also those that somebody is just typing: so it stands in a float while it is
--- read, and in `:messages`. While somebody types on the command line, a sentence waits.

local M = {}

local MIN_MS, MS_A_CHARACTER = 5000, 60
-- Two sentences at once take two lines.
local TOGETHER_MS = 200
local PROMPT_MS = 50

local levels = vim.log.levels
local titles = { [levels.INFO] = 'Grok', [levels.WARN] = 'Grok: warning', [levels.ERROR] = 'Grok: error' }

---@class grok.Note
---@field float grok.Float
---@field level integer the loudest of its sentences
---@field until_ms integer

---@type grok.Note?
local note
local last_ms = -TOGETHER_MS
---@type { text: string, level: integer }? on the command line since `last_ms`, which the next sentence overwrites
local beside

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
---@param alone boolean no other sentence came just before
local function float_it(text, level, alone)
  remember(text)
  if beside and not alone then
    text, level = beside.text .. '\n' .. text, math.max(beside.level, level)
  end
  local float = require('grok.float')
  local now, reading_ms = vim.uv.now(), math.max(MIN_MS, MS_A_CHARACTER * #text)
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
end

---@return boolean somebody types there, or Neovim waits for an answer
local function is_command_line_taken()
  return vim.api.nvim_get_mode().mode:find('^[cr]') ~= nil
end

---@type { text: string, level: integer }[]
local waiting = {}

local function wait_for_command_line()
  local function look_again()
    if is_command_line_taken() then
      return wait_for_command_line()
    end
    local sentences = waiting
    waiting = {}
    for _, sentence in ipairs(sentences) do
      M.show(sentence.text, sentence.level)
    end
  end
  if vim.api.nvim_get_mode().mode:find('^r') then
    -- Its end is no event: a prompt of Neovim's, or the moment in which a sentence before this one is drawn.
    vim.defer_fn(look_again, PROMPT_MS)
    return
  end
  vim.api.nvim_create_autocmd('ModeChanged', {
    group = vim.api.nvim_create_augroup('grok.note', {}),
    pattern = 'c*:*',
    once = true,
    callback = vim.schedule_wrap(look_again),
  })
end

---@param text string
---@param level integer
function M.show(text, level)
  local is_drawn = is_neovims_own() and #vim.api.nvim_list_uis() > 0
  if is_drawn and is_command_line_taken() then
    waiting[#waiting + 1] = { text = text, level = level }
    return wait_for_command_line()
  end
  local now = vim.uv.now()
  local alone = now - last_ms >= TOGETHER_MS
  last_ms = now
  if is_drawn and not (fits(text) and alone) then
    float_it(text, level, alone)
    beside = nil
    return
  end
  beside = { text = text, level = level }
  vim.notify(text, level, { title = 'grok' })
end

return M
