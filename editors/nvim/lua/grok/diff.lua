---@brief The model's edit while it is being written, in a float. Read-only: what goes into the buffer is the server's to say.

local config = require('grok.config')

local M = {}

---@class grok.LiveDiff
---@field float grok.Float
---@field raw string the model's words so far
---@field shown string what of them is in the float

---@type table<string, grok.LiveDiff> by the job's token
local diffs = {}

--- What of the model's words so far is the edit: the insides of its fences, or all of it as long as there is no fence. A last
--- line that may become a fence is held back.
---@param raw string
---@return string
function M.visible(raw)
  local lines = vim.split(raw, '\n', { plain = true })
  if lines[#lines]:find('^%s*[`~]') then
    lines[#lines] = nil
  end
  local inside, fence = {}, nil
  local fenced = false
  for _, line in ipairs(lines) do
    local mark = line:match('^%s*(```+)[^`]*$') or line:match('^%s*(~~~+)')
    if not fence and mark then
      fence = mark
      if fenced then
        inside[#inside + 1] = ''
      end
      fenced = true
    -- Nothing stands before or behind a mark that closes: a line of a diff begins with its sign.
    elseif fence and line:match('^[`~]+%s*$') and vim.startswith(line, fence) then
      fence = nil
    elseif fence then
      inside[#inside + 1] = line
    end
  end
  return table.concat(fenced and inside or lines, '\n')
end

---@param job grok.Job
---@param delta string
function M.add(job, delta)
  if not config.options.diff then
    return
  end
  local diff = diffs[job.token]
  if not diff then
    local float = require('grok.float').open({
      name = 'diff',
      title = ('Grok: %s'):format(job.run.action),
      filetype = 'diff',
      follow = true,
    })
    require('grok.float').footer(float, ':Grok cancel stops it')
    diff = { float = float, raw = '', shown = '' }
    diffs[job.token] = diff
  end
  diff.raw = diff.raw .. delta
  local visible = M.visible(diff.raw)
  if vim.startswith(visible, diff.shown) then
    require('grok.float').append(diff.float, visible:sub(#diff.shown + 1))
  else
    require('grok.float').set(diff.float, visible)
  end
  diff.shown = visible
end

---@param job grok.Job
function M.ended(job)
  local diff = diffs[job.token]
  if diff then
    diffs[job.token] = nil
    require('grok.float').discard(diff.float)
  end
end

return M
