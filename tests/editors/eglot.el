;; What the tests of test_emacs.py share. A test's own forms are in FORMS, a file; their report is the last line of the output.
(let ((folder (car (file-expand-wildcards "/usr/share/emacs/site-lisp/elpa/eglot-*"))))
  (when folder (add-to-list 'load-path folder)))
(require 'python)
(require 'eglot)
(require 'flymake)
(require 'cl-lib)
(defun y-or-n-p (&rest _) t)
(setq eglot-confirm-server-initiated-edits nil ; until Emacs 29
      eglot-confirm-server-edits nil
      eglot-sync-connect 15
      make-backup-files nil
      create-lockfiles nil)
(add-to-list 'eglot-server-programs
             `(python-mode . ,(json-parse-string (getenv "SERVER") :array-type 'list)))
(defvar told nil)
(advice-add 'message :before (lambda (&rest words) (when (car words) (push (apply #'format words) told))))
(find-file (getenv "FILE"))
(defvar main (current-buffer))
(call-interactively #'eglot)
(defun until (condition seconds)
  "Wait for CONDITION. A batch Emacs is never idle, so what eglot sends when idle is sent here."
  (let ((end (+ seconds (float-time))))
    (while (and (< (float-time) end) (not (funcall condition)))
      (accept-process-output nil 0.05)
      ;; Emacs 30 collects the changes only when it is asked to send them.
      (when (or eglot--recent-changes (fboundp 'eglot--track-changes-fetch))
        (eglot--signal-textDocument/didChange)))
    (funcall condition)))
(defun go () (until (lambda () (file-exists-p (getenv "GO"))) 30))
(defun actions (&optional beginning end)
  (append (eglot-code-actions (or beginning (line-beginning-position)) (or end (line-end-position)) nil nil) nil))
(defun run-action (prefix &optional beginning end)
  "Run the code action whose title begins with PREFIX, for the current line or the text between BEGINNING and END."
  (let* ((actions (actions beginning end))
         (action (seq-find (lambda (each) (string-prefix-p prefix (plist-get each :title))) actions))
         (command (plist-get action :command)))
    (unless command (error "no action %s in %S" prefix actions))
    (eglot-execute-command (eglot--current-server-or-lose)
                           (intern (plist-get command :command))
                           (plist-get command :arguments))))
(defun publish (line message)
  "A diagnostic of the server, which is what eglot sends back with a request for actions."
  (until (lambda () eglot--current-flymake-report-fn) 10)
  (eglot-handle-notification
   (eglot--current-server-or-lose) 'textDocument/publishDiagnostics
   :uri (eglot--path-to-uri buffer-file-name)
   :diagnostics (vector (list :range (list :start (list :line line :character 4) :end (list :line line :character 16))
                              :message message :severity 1))))
(defun told (words)
  (seq-find (lambda (each) (string-match-p words each)) told))
(defun shown ()
  "The text of the explanation that was opened as a document, if one was."
  (let ((buffer (seq-find (lambda (each) (string-suffix-p ".md" (or (buffer-file-name each) ""))) (buffer-list))))
    (when buffer (with-current-buffer buffer (buffer-substring-no-properties (point-min) (point-max))))))
(defun report (&rest more)
  (let ((text (with-current-buffer main (buffer-substring-no-properties (point-min) (point-max)))))
    (princ (concat "REPORT" (utf-8 (json-serialize
      `(:text ,text :told ,(vconcat (reverse (mapcar #'utf-8 told))) :shown ,(or (shown) "") ,@more))) "\n"))))
(defun utf-8 (text)
  "TEXT as characters; Emacs 30 has JSON as bytes."
  (substring-no-properties (if (multibyte-string-p text) text (decode-coding-string text 'utf-8))))
(condition-case problem
    (progn
      (load-file (getenv "FORMS"))
      (report))
  (error
   (report :problem (format "%S" problem)
           :log (with-current-buffer (jsonrpc-events-buffer (eglot--current-server-or-lose)) (buffer-substring-no-properties (point-min) (point-max))))))
(set-buffer-modified-p nil)
(ignore-errors (eglot-shutdown (eglot--current-server-or-lose)))
(kill-emacs 0)
