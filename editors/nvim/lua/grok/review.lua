---@brief Hunks in the buffer that wait for a decision. Which they are is the server's to say (code lenses); this draws them.

local config = require('grok.config')
local errors = require('grok.errors')

local M = {}

---@class grok.Hunk
---@field job_id string
---@field hunk integer
---@field first integer row
---@field last integer row, inclusive

---@class grok.Review
---@field client_id integer
---@field hunks grok.Hunk[] in the order of the text
---@field before? string[] the lines before the edit

local namespace = vim.api.nvim_create_namespace('grok_review')

---@type table<integer, grok.Review> by buffer
local reviews = {}
---@type table<integer, string[]> by buffer: the lines before the last edit
local before = {}

for group, link in pairs({ GrokAdded = 'DiffAdd', GrokRemoved = 'DiffDelete', GrokHunk = 'DiagnosticVirtualTextHint' }) do
  vim.api.nvim_set_hl(0, group, { link = link, default = true })
end

--- Keep the text of these documents as it is now, to show later what an edit took away.
---@param uris string[]
function M.remember(uris)
  for _, uri in ipairs(uris) do
    local bufnr = vim.uri_to_bufnr(uri)
    -- In the middle of a review the text before its edit is the one to compare with.
    if vim.api.nvim_buf_is_loaded(bufnr) and not reviews[bufnr] then
      before[bufnr] = vim.api.nvim_buf_get_lines(bufnr, 0, -1, false)
    end
  end
end

---@param lenses lsp.CodeLens[]
---@return grok.Hunk[]
local function hunks_of(lenses)
  local found = {}
  for _, lens in ipairs(lenses) do
    local argument = lens.command and lens.command.command == 'grok.review' and lens.command.arguments[1]
    if argument and argument.hunk then
      found[argument.jobId .. argument.hunk] = {
        job_id = argument.jobId,
        hunk = argument.hunk,
        first = lens.range.start.line,
        last = lens.range['end'].line,
      }
    end
  end
  local hunks = vim.tbl_values(found)
  table.sort(hunks, function(a, b)
    return a.first < b.first
  end)
  return hunks
end

---@param hunks grok.Hunk[]
---@param first integer
---@param last integer
---@return grok.Hunk?
local function hunk_at(hunks, first, last)
  for _, hunk in ipairs(hunks) do
    if hunk.first <= last and hunk.last >= first then
      return hunk
    end
  end
end

---@param bufnr integer
---@param review grok.Review
local function draw_changes(bufnr, review)
  local now = vim.api.nvim_buf_get_lines(bufnr, 0, -1, false)
  local old = table.concat(review.before, '\n') .. '\n'
  local changes = vim.diff(old, table.concat(now, '\n') .. '\n', { result_type = 'indices' })
  for _, change in ipairs(changes --[[@as integer[][] ]]) do
    local old_first, old_count, first, count = unpack(change)
    -- A pure removal stands between two lines: git numbers it by the line above.
    local row = count > 0 and first - 1 or first
    if hunk_at(review.hunks, math.max(row - 1, 0), row + math.max(count - 1, 0)) then
      for each = row, row + count - 1 do
        vim.api.nvim_buf_set_extmark(bufnr, namespace, each, 0, { line_hl_group = 'GrokAdded', sign_text = '+' })
      end
      local gone = {}
      for each = old_first, old_first + old_count - 1 do
        gone[#gone + 1] = { { review.before[each], 'GrokRemoved' } }
      end
      if #gone > 0 then
        local at = math.min(row, #now - 1)
        vim.api.nvim_buf_set_extmark(bufnr, namespace, at, 0, { virt_lines = gone, virt_lines_above = row <= at })
      end
    end
  end
end

---@param bufnr integer
local function draw(bufnr)
  vim.api.nvim_buf_clear_namespace(bufnr, namespace, 0, -1)
  local review = reviews[bufnr]
  if not review or not config.options.review then
    return
  end
  local rows = vim.api.nvim_buf_line_count(bufnr)
  for number, hunk in ipairs(review.hunks) do
    local text = ('hunk %d of %d · :Grok keep · :Grok discard'):format(number, #review.hunks)
    vim.api.nvim_buf_set_extmark(bufnr, namespace, math.min(hunk.first, rows - 1), 0, {
      virt_text = { { ' ' .. text, 'GrokHunk' } },
      virt_text_pos = 'eol',
    })
  end
  if review.before then
    draw_changes(bufnr, review)
  end
end

--- Ask the server which hunks are left, and draw those.
---@param bufnr integer
---@param client_id integer
---@param done? fun()
local function update(bufnr, client_id, done)
  local client = vim.lsp.get_client_by_id(client_id)
  if not client or not vim.api.nvim_buf_is_loaded(bufnr) then
    reviews[bufnr] = nil
    return
  end
  local params = { textDocument = { uri = vim.uri_from_bufnr(bufnr) } }
  client:request('textDocument/codeLens', params, function(err, lenses)
    local hunks = not err and hunks_of(lenses or {}) or {}
    if not vim.api.nvim_buf_is_loaded(bufnr) then
      return
    end
    if #hunks == 0 then
      reviews[bufnr] = nil
    else
      local known = reviews[bufnr]
      reviews[bufnr] = { client_id = client_id, hunks = hunks, before = known and known.before or before[bufnr] }
    end
    draw(bufnr)
    vim.api.nvim_exec_autocmds('User', {
      pattern = 'GrokReview',
      modeline = false,
      data = { bufnr = bufnr, hunks = #hunks },
    })
    if done then
      done()
    end
  end, bufnr)
end

---@param job grok.Job
function M.begin(job)
  update(job.bufnr, job.client_id)
end

--- The server says that lenses changed.
---@param client_id integer
function M.refresh(client_id)
  for bufnr in pairs(reviews) do
    if reviews[bufnr].client_id == client_id then
      update(bufnr, client_id)
    end
  end
  -- For those who show code lenses.
  if package.loaded['vim.lsp.codelens'] then
    for bufnr in pairs(vim.lsp.get_client_by_id(client_id).attached_buffers) do
      vim.lsp.codelens.refresh({ bufnr = bufnr })
    end
  end
end

---@param bufnr integer
---@param client vim.lsp.Client
---@param argument { jobId: string, hunk?: integer, decision: 'keep'|'discard' }
local function decide(bufnr, client, argument)
  local params = { command = 'grok.review', arguments = { argument } }
  client:request('workspace/executeCommand', params, function(err)
    if err then
      errors.notify(err.message, vim.log.levels.WARN)
    end
    update(bufnr, client.id)
  end, bufnr)
end

---@param command lsp.Command
---@param context { bufnr: integer, client_id: integer }
function M.from_lens(command, context)
  local client = assert(vim.lsp.get_client_by_id(context.client_id))
  decide(context.bufnr, client, command.arguments[1])
end

--- Decide on the hunk under the cursor, or on all of the buffer.
---@param decision 'keep'|'discard'
---@param all boolean
function M.decide(decision, all)
  local bufnr = vim.api.nvim_get_current_buf()
  local review = reviews[bufnr]
  local client = review and vim.lsp.get_client_by_id(review.client_id)
  if not review or not client then
    errors.notify('No hunks wait for a decision in this buffer.')
    return
  end
  if all then
    local jobs = {}
    for _, hunk in ipairs(review.hunks) do
      if not jobs[hunk.job_id] then
        jobs[hunk.job_id] = true
        decide(bufnr, client, { jobId = hunk.job_id, decision = decision })
      end
    end
    return
  end
  local row = vim.api.nvim_win_get_cursor(0)[1] - 1
  local hunk = hunk_at(review.hunks, row, row)
  if not hunk then
    errors.notify('The cursor is on no hunk; :Grok next goes to one.')
    return
  end
  decide(bufnr, client, { jobId = hunk.job_id, hunk = hunk.hunk, decision = decision })
end

--- Move to the next or previous hunk, around the end.
---@param step 1|-1
function M.go(step)
  local review = reviews[vim.api.nvim_get_current_buf()]
  if not review then
    errors.notify('No hunks wait for a decision in this buffer.')
    return
  end
  local row = vim.api.nvim_win_get_cursor(0)[1] - 1
  local target = step > 0 and review.hunks[1] or review.hunks[#review.hunks]
  for index = step > 0 and 1 or #review.hunks, step > 0 and #review.hunks or 1, step do
    local hunk = review.hunks[index]
    if (step > 0 and hunk.first > row) or (step < 0 and hunk.first < row) then
      target = hunk
      break
    end
  end
  vim.cmd("normal! m'")
  vim.api.nvim_win_set_cursor(0, { math.min(target.first + 1, vim.api.nvim_buf_line_count(0)), 0 })
end

--- How many hunks wait in a buffer.
---@param bufnr? integer
---@return integer
function M.pending(bufnr)
  local review = reviews[bufnr or vim.api.nvim_get_current_buf()]
  return review and #review.hunks or 0
end

return M
