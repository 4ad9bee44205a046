#include <stdlib.h>
#include <string.h>
#include "matrix.h"

#define AT(m, row, col) ((m)->cells[(row) * (m)->cols + (col)])

struct matrix *matrix_new(size_t rows, size_t cols)
{
    struct matrix *m = malloc(sizeof *m);
    if (m == NULL)
        return NULL;
    m->cells = calloc(rows * cols, sizeof *m->cells);
    if (m->cells == NULL) {
        free(m);
        return NULL;
    }
    m->rows = rows;
    m->cols = cols;
    return m;
}

void matrix_free(struct matrix *m)
{
    if (m == NULL)
        return;
    free(m->cells);
    free(m);
}

/* The product of a and b, or NULL if their sizes do not fit. */
struct matrix *matrix_mul(const struct matrix *a, const struct matrix *b)
{
    struct matrix *m;
    if (a->cols != b->rows)
        return NULL;
    m = matrix_new(a->rows, b->cols);
    for (size_t i = 0; i < a->rows; i++) {
        for (size_t j = 0; j < b->cols; j++) {
            double sum = 0;
            for (size_t k = 0; k < a->cols; k++)
                sum += AT(a, i, k) * AT(b, k, j);
            AT(m, i, j) = sum;
        }
    }
    return m;
}
