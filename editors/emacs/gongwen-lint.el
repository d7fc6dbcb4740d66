;;; gongwen-lint.el --- Check Chinese official drafts with lint  -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "27.1"))

;;; Commentary:

;; M-x gongwen-lint-compile lists what lint finds in the draft at hand, or, with a prefix argument, in the folder that
;; it is in; next-error visits it.  For findings while one types:
;;
;;   (require 'gongwen-lint)
;;   (add-hook 'text-mode-hook #'gongwen-lint-setup)

;;; Code:

(require 'compile)
(require 'flymake)
(require 'let-alist)

(defgroup gongwen-lint nil
  "Check Chinese official drafts with lint."
  :group 'tools)

(defcustom gongwen-lint-command '("lint")
  "The program and its options."
  :type '(repeat string))

(define-compilation-mode gongwen-lint-mode "lint"
  "Compilation mode for the findings of lint."
  ;; Unless told otherwise, compilation mode counts cells of the screen, of which a Han character takes two.
  (setq-local compilation-error-screen-columns nil)
  (setq-local compilation-first-column 1)
  (setq-local compilation-error-regexp-alist '(gongwen-lint gongwen-lint-file))
  (setq-local compilation-error-regexp-alist-alist
              '((gongwen-lint "^\\(.+?\\):\\([0-9]+\\):\\([0-9]+\\): \\(?:error\\|\\(warning\\)\\|\\(info\\)\\)\\["
                              1 2 3 (4 . 5))
                ;; A file that cannot be read.
                (gongwen-lint-file "^\\([^:\n]+\\): error: " 1))))

(defun gongwen-lint-compile (folder)
  "List what lint finds in the file of this buffer, or in its FOLDER."
  (interactive "P")
  (let ((path (if folder "." (file-name-nondirectory (or buffer-file-name (user-error "No file")))))
        (coding-system-for-read 'utf-8)
        (process-connection-type nil))
    (compilation-start
     (mapconcat #'shell-quote-argument
                (append gongwen-lint-command
                        (list "--output-format" "concise" "--column-unit" "char" "--quiet" "--"
                              path))
                " ")
     #'gongwen-lint-mode)))

(defvar-local gongwen-lint--process nil
  "The check of this buffer that is under way.")

;; Offsets in characters, from 0, are places of the buffer, which begin at 1.
(defun gongwen-lint--diagnostic (buffer severity message span)
  "A diagnostic of BUFFER with SEVERITY and MESSAGE; without SPAN, about all of it."
  (let* ((start (alist-get 'char (alist-get 'start span) 0))
         (end (alist-get 'char (alist-get 'end span) start)))
    (flymake-make-diagnostic buffer (1+ start) (1+ (max end (1+ start)))
                             (pcase severity ("error" :error) ("warning" :warning) (_ :note))
                             message)))

(defun gongwen-lint--diagnostics (report buffer path)
  "Turn what REPORT says of the draft PATH into diagnostics of BUFFER."
  (let (found)
    (dolist (finding (alist-get 'diagnostics report))
      (let-alist finding
        ;; The others are allowed by the configuration or known to the baseline.
        (when (equal .outcome "open")
          (push (if (equal .path path)
                    (gongwen-lint--diagnostic buffer .severity (format "%s [%s]" .message .rule) .span)
                  ;; A fault of the lint.toml that holds for the draft.
                  (gongwen-lint--diagnostic buffer .severity (format "%s: %s [%s]" .path .message .rule) nil))
                found))))
    (dolist (file (alist-get 'files report) (nreverse found))
      (let-alist file
        (when .error
          (push (gongwen-lint--diagnostic buffer "error" (format "%s: %s" .path .error.message) nil) found))))))

(defun gongwen-lint-flymake (report-fn &rest _)
  "A backend of Flymake: check the buffer, saved or not, and tell REPORT-FN."
  (when (process-live-p gongwen-lint--process)
    (kill-process gongwen-lint--process))
  (let ((source (current-buffer))
        ;; The name finds the lint.toml that holds for the draft.
        (path (or buffer-file-name "draft.txt"))
        (coding-system-for-read 'utf-8-unix)
        (coding-system-for-write 'utf-8-unix))
    (setq gongwen-lint--process
          (make-process
           :name "gongwen-lint" :noquery t :connection-type 'pipe
           :buffer (generate-new-buffer " *gongwen-lint*")
           :command (append gongwen-lint-command
                            (list "--output-format" "json" "--encoding" "utf-8" "--stdin-filename" path "-"))
           :stderr (get-buffer-create " *gongwen-lint stderr*")
           :sentinel
           (lambda (process _event)
             (when (memq (process-status process) '(exit signal))
               (unwind-protect
                   (when (and (buffer-live-p source)
                              (eq process (buffer-local-value 'gongwen-lint--process source)))
                     (with-current-buffer (process-buffer process)
                       (goto-char (point-min))
                       (condition-case nil
                           (let ((report (json-parse-buffer :object-type 'alist :array-type 'list :null-object nil)))
                             (funcall report-fn (gongwen-lint--diagnostics report source path)))
                         (json-parse-error
                          (funcall report-fn :panic :explanation
                                   (with-current-buffer " *gongwen-lint stderr*" (buffer-string)))))))
                 (kill-buffer (process-buffer process)))))))
    (save-restriction
      (widen)
      (process-send-region gongwen-lint--process (point-min) (point-max)))
    (process-send-eof gongwen-lint--process)))

(defun gongwen-lint-setup ()
  "Check the buffer with Flymake while one types."
  (add-hook 'flymake-diagnostic-functions #'gongwen-lint-flymake nil t)
  (flymake-mode 1))

(provide 'gongwen-lint)
;;; gongwen-lint.el ends here
