package ring

import (
	"errors"
	"sync"
)

// ErrEmpty is returned when nothing is left.
var ErrEmpty = errors.New("ring: empty")

// Ring is a bounded queue.
type Ring struct {
	mu    sync.Mutex
	items []int
	first int
	count int
}

// New makes a ring for size items.
func New(size int) *Ring {
	return &Ring{items: make([]int, size)}
}

// Push adds an item; false if the ring is full.
func (r *Ring) Push(item int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.count == len(r.items) {
		return false
	}
	at := (r.first + r.count) % len(r.items)
	r.items[at] = item
	r.count++
	return true
}

// Pop takes the oldest item.
func (r *Ring) Pop() (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.count == 0 {
		return 0, ErrEmpty
	}
	item := r.items[r.first]
	r.first = (r.first + 1) % len(r.items)
	r.count--
	return item, nil
}
