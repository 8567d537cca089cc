from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import ListView, TemplateView
from django_tables2 import SingleTableMixin

from audits.filters import ProductFilter
from audits.forms.assurance import ProductForm, ReviewForm
from audits.models import AssuranceProduct, Review
from audits.services.assurance import (
    add_product,
    close_product,
    edit_product,
    record_review,
    reopen_product,
    withdraw_review,
)
from audits.tables import ProductTable
from audits.views.audits import ExportMixin
from audits.views.base import AuditsPage
from plans.access import Permission
from plans.forms.base import TidyForm
from plans.views.base import BoardMixin


class ProductListView(ExportMixin, BoardMixin, SingleTableMixin, ListView):
    permission = Permission.VIEW
    template_name = "audits/product_list.html"
    table_class = ProductTable
    download = ("Assurance products", "assurance-products")

    def get_queryset(self):
        self.filter = ProductFilter(self.request.GET, board=self.board)
        found = self.filter.qs if self.filter.is_valid() else AssuranceProduct.objects.none()
        return found.with_last_review().select_related("lead").soonest_first()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        standing = AssuranceProduct.objects.filter(board=self.board)
        closed = [product for product in standing if product.closed_on]
        due = [product.next_due for product in standing if not product.closed_on]
        today = timezone.localdate()
        return context | {
            "filter": self.filter,
            "narrowed": self.narrowed,
            "closed": closed,
            "total": len(due),
            "overdue": sum(day is not None and day < today for day in due),
            "undated": due.count(None),
            "breadcrumbs": [("Audits", reverse("audits:board", args=[self.board.slug]))],
        }


class ProductView(BoardMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "audits/product.html"

    def enter(self):
        products = AssuranceProduct.objects.filter(board=self.board).select_related("lead")
        self.product = get_object_or_404(products, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        related = ("by", "imported_by", "action", "finding__audit", "decision__meeting")
        reviews = list(self.product.reviews.standing().select_related(*related))
        context = {"product": self.product, "reviews": reviews, "today": timezone.localdate()}
        context["breadcrumbs"] = trail(self.board)
        return super().get_context_data(**kwargs) | context


def trail(board):
    return [
        ("Audits", reverse("audits:board", args=[board.slug])),
        ("Assurance register", reverse("audits:product_list", args=[board.slug])),
    ]


class RegisterPage(AuditsPage):
    def cancel_url(self):
        return self.address("audits:product_list")

    def breadcrumbs(self):
        return trail(self.board)


class ProductNewView(RegisterPage):
    title = "Add a product to the register"
    button = "Add the product"
    form_class = ProductForm

    def get_form_kwargs(self):
        product = AssuranceProduct(board=self.board)
        return super().get_form_kwargs() | {"instance": product, "board": self.board}

    def write(self, form):
        product = add_product(self.board, by=self.request.user, **form.said)
        return f"“{product}” is on the register."


class ProductPage(RegisterPage):
    """A form about one product."""

    def enter(self):
        products = AssuranceProduct.objects.filter(board=self.board).select_related("lead", "board")
        self.product = get_object_or_404(products, pk=self.kwargs["pk"])

    def cancel_url(self):
        return self.address("audits:product", self.product.pk)

    def breadcrumbs(self):
        return [*super().breadcrumbs(), (self.product.name, self.cancel_url())]

    def get_context_data(self, **kwargs):
        return super().get_context_data(caption=self.product.name, product=self.product, **kwargs)


class ProductEditView(ProductPage):
    title = "Edit the product"
    form_class = ProductForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.product, "board": self.board}

    def write(self, form):
        edit_product(self.product, by=self.request.user, **form.said)
        return f"“{self.product}” is saved."


class ProductCloseView(ProductPage):
    title = "Take the product off the register"
    button = "Take it off"
    form_class = TidyForm
    template_name = "audits/product_close.html"

    def write(self, form):
        close_product(self.product, by=self.request.user)
        return f"“{self.product}” is off the register. Its reviews are kept."

    def get_success_url(self):
        return self.address("audits:product_list")


class ProductReopenView(ProductPage):
    title = "Put the product back on the register"
    button = "Put it back"
    form_class = TidyForm

    def write(self, form):
        reopen_product(self.product, by=self.request.user)
        return f"“{self.product}” is on the register again."


class ReviewNewView(ProductPage):
    title = "Record a review"
    button = "Save the review"
    form_class = ReviewForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"board": self.board}

    def get_initial(self):
        return {"on": timezone.localdate(), "who": self.product.reviewed_by}

    def write(self, form):
        record_review(self.product, by=self.request.user, **form.said)
        return "The review is saved."


class ReviewWithdrawView(ProductPage):
    title = "Take the review back"
    button = "Take it back"
    form_class = TidyForm
    template_name = "audits/review_withdraw.html"

    def enter(self):
        reviews = Review.objects.standing().select_related("product__board", "product__lead")
        self.review = get_object_or_404(reviews, pk=self.kwargs["pk"], product__board=self.board)
        self.product = self.review.product

    def get_context_data(self, **kwargs):
        return super().get_context_data(review=self.review, **kwargs)

    def write(self, form):
        withdraw_review(self.review, by=self.request.user)
        return "The review is taken back. The board’s history keeps it."
