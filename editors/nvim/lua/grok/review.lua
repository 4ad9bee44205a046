---@brief Hunks in the buffer that wait for a decision. Which they are is the server's to say (code lenses); this draws them.

local config = require('grok.config')
local errors = require('grok.errors')

local M = {}

---@class grok.Hunk
---@field job_id string
---@field hunk integer
---@field first integer row
---@field last integer row, inclusive
---@field change? grok.Change

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

vim.api.nvim_create_autocmd('BufWipeout', {
  group = vim.api.nvim_create_augroup('grok_review', {}),
  callback = function(event)
    reviews[event.buf], before[event.buf] = nil, nil
  end,
})

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

---@class grok.Change
---@field row integer where it begins now
---@field count integer lines that it has now
---@field removed string[] lines that it had before

--- What differs now from the text before the edit.
---@param bufnr integer
---@param old string[]
---@return grok.Change[]
local function changes_of(bufnr, old)
  local now = vim.api.nvim_buf_get_lines(bufnr, 0, -1, false)
  local found = {}
  local before_text, now_text = table.concat(old, '\n') .. '\n', table.concat(now, '\n') .. '\n'
  for _, each in
    ipairs(vim.diff(before_text, now_text, { result_type = 'indices' }) --[[@as integer[][] ]])
  do
    local old_first, old_count, first, count = unpack(each)
    found[#found + 1] = {
      -- A pure removal is numbered by the line above it.
      row = count > 0 and first - 1 or first,
      count = count,
      removed = vim.list_slice(old, old_first, old_first + old_count - 1),
    }
  end
  return found
end

--- A lens stands at the first line of its hunk only: the change that is there says how far the hunk goes.
---@param bufnr integer
---@param review grok.Review
local function measure(bufnr, review)
  local changes = review.before and changes_of(bufnr, review.before) or {}
  for _, hunk in ipairs(review.hunks) do
    for _, change in ipairs(changes) do
      if change.row <= hunk.first and hunk.first <= change.row + math.max(change.count - 1, 0) then
        hunk.first, hunk.last, hunk.change = change.row, change.row + math.max(change.count - 1, 0), change
      end
    end
  end
end

---@param hunks grok.Hunk[]
---@param row integer
---@return grok.Hunk?
local function hunk_at(hunks, row)
  for _, hunk in ipairs(hunks) do
    if hunk.first <= row and row <= hunk.last then
      return hunk
    end
  end
end

---@param bufnr integer
---@param change grok.Change
---@param rows integer
local function draw_change(bufnr, change, rows)
  for each = change.row, change.row + change.count - 1 do
    vim.api.nvim_buf_set_extmark(bufnr, namespace, each, 0, { line_hl_group = 'GrokAdded', sign_text = '+' })
  end
  if #change.removed > 0 then
    local at = math.min(change.row, rows - 1)
    local lines = vim.tbl_map(function(line)
      -- Told by a sign too, as the added lines are: not everyone sees the colours apart.
      return { { '- ' .. line, 'GrokRemoved' } }
    end, change.removed)
    vim.api.nvim_buf_set_extmark(bufnr, namespace, at, 0, { virt_lines = lines, virt_lines_above = change.row <= at })
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
    -- Text behind a line does not take the line's colour by itself.
    local look = hunk.change and hunk.change.count > 0 and { 'GrokAdded', 'GrokHunk' } or 'GrokHunk'
    vim.api.nvim_buf_set_extmark(bufnr, namespace, math.min(hunk.first, rows - 1), 0, {
      virt_text = { { ' ' .. text, look } },
      virt_text_pos = 'eol',
      hl_mode = 'combine',
    })
    if hunk.change then
      draw_change(bufnr, hunk.change, rows)
    end
  end
end

--- Ask the server which hunks are left, and draw those.
---@param bufnr integer
---@param client_id integer
local function update(bufnr, client_id)
  local client = vim.lsp.get_client_by_id(client_id)
  if not client or not vim.api.nvim_buf_is_loaded(bufnr) then
    reviews[bufnr] = nil
    return
  end
  local params = { textDocument = { uri = vim.uri_from_bufnr(bufnr) } }
  client:request('textDocument/codeLens', params, function(err, lenses)
    local hunks = not err and hunks_of(require('grok.wire').plain(lenses) or {}) or {}
    if not vim.api.nvim_buf_is_loaded(bufnr) then
      return
    end
    local known = reviews[bufnr]
    if #hunks == 0 and not known then
      return
    end
    reviews[bufnr] = #hunks > 0
        and { client_id = client_id, hunks = hunks, before = known and known.before or before[bufnr] }
      or nil
    if reviews[bufnr] then
      measure(bufnr, reviews[bufnr])
    end
    draw(bufnr)
    vim.api.nvim_exec_autocmds('User', {
      pattern = 'GrokReview',
      modeline = false,
      data = { bufnr = bufnr, hunks = #hunks },
    })
  end, bufnr)
end

---@param job grok.Job
function M.begin(job)
  update(job.bufnr, job.client_id)
end

--- The server says that lenses changed.
---@param client_id integer
function M.refresh(client_id)
  local client = vim.lsp.get_client_by_id(client_id)
  for bufnr in pairs(client and client.attached_buffers or {}) do
    update(bufnr, client_id)
    -- For those who show code lenses.
    if package.loaded['vim.lsp.codelens'] then
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
  local hunk = hunk_at(review.hunks, row)
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
