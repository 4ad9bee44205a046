---@brief The model's edit while it is being written, in a float. Read-only: what goes into the buffer is the server's to say.

local config = require('grok.config')

local M = {}

---@type table<string, grok.Float> by the job's token
local floats = {}

---@param job grok.Job
---@param delta string
function M.add(job, delta)
  if not config.options.diff then
    return
  end
  local float = floats[job.token]
  if not float then
    float = require('grok.float').open({
      name = 'diff',
      title = ('Grok: %s'):format(job.run.action),
      filetype = 'diff',
      follow = true,
    })
    require('grok.float').footer(float, ':Grok cancel stops it')
    floats[job.token] = float
  end
  require('grok.float').append(float, delta)
end

---@param job grok.Job
function M.ended(job)
  local float = floats[job.token]
  if float then
    floats[job.token] = nil
    require('grok.float').discard(float)
  end
end

return M
